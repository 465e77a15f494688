import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { PartName } from './part-names.ts'
import type { RunState, SyncRunTable } from './sync.table.ts'
import type { Tally } from './tally.ts'

const KEPT_DAYS = 180

export interface Run {
  syncRunId: number
  startedAt: Date
  activeMs: number
  planned: string[]
  report: Partial<Record<PartName, Tally>>
}

const COLUMNS = ['syncRunId', 'startedAt', 'activeMs', 'planned', 'report'] as const

/** The newest run of the same parts, if it did not reach its end and began after `since`. */
export async function findUnfinishedRun(db: Db, parts: readonly PartName[], since: Date): Promise<Run | undefined> {
  const newest = await db
    .selectFrom('syncRun')
    .select(COLUMNS)
    .select('state')
    .where('parts', '=', sql<string[]>`${[...parts]}::text[]`)
    .where('startedAt', '>', since)
    .orderBy('syncRunId', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest && ['running', 'interrupted', 'incomplete'].includes(newest.state) ? newest : undefined
}

/** A new run; unfinished ones of the same parts are given up, and very old ones forgotten. */
export async function startRun(
  db: Db,
  { parts, startedBy, at }: { parts: readonly PartName[]; startedBy: SyncRunTable['startedBy']; at: Date },
): Promise<Run> {
  return db.transaction().execute(async (tx) => {
    const given = sql<string[]>`${[...parts]}::text[]`
    await tx
      .deleteFrom('syncRun')
      .where('startedAt', '<', new Date(at.getTime() - KEPT_DAYS * 86_400_000))
      .execute()
    const givenUp = await tx
      .updateTable('syncRun')
      .set({ state: 'superseded', finishedAt: at })
      .where('state', 'in', ['running', 'interrupted', 'incomplete'])
      .where('parts', '=', given)
      .returning('syncRunId')
      .execute()
    const ids = givenUp.map(({ syncRunId }) => syncRunId)
    if (ids.length > 0) await tx.deleteFrom('syncUnit').where('syncRunId', 'in', ids).execute()
    return tx
      .insertInto('syncRun')
      .values({ parts: [...parts], startedBy, state: 'running', startedAt: at, activeAt: at })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
  })
}

export async function touchRun(db: Db, syncRunId: number, at: Date, activeMs: number): Promise<void> {
  await db
    .updateTable('syncRun')
    .set({ state: 'running', activeAt: at, activeMs, finishedAt: null })
    .where('syncRunId', '=', syncRunId)
    .execute()
}

export async function markPlanned(db: Db, syncRunId: number, part: PartName): Promise<void> {
  await db
    .updateTable('syncRun')
    .set({ planned: sql<string[]>`array_append(planned, ${part})` })
    .where('syncRunId', '=', syncRunId)
    .execute()
}

export async function saveReport(db: Db, syncRunId: number, report: Run['report']): Promise<void> {
  await db
    .updateTable('syncRun')
    .set({ report: JSON.stringify(report) })
    .where('syncRunId', '=', syncRunId)
    .execute()
}

export async function closeRun(
  db: Db,
  syncRunId: number,
  { state, at, activeMs }: { state: RunState; at: Date; activeMs: number },
): Promise<void> {
  await db
    .updateTable('syncRun')
    .set({ state, activeAt: at, activeMs, finishedAt: state === 'interrupted' ? null : at })
    .where('syncRunId', '=', syncRunId)
    .execute()
}

/** Nothing will go on from them. */
export async function dropUnits(db: Db, syncRunId: number): Promise<void> {
  await db.deleteFrom('syncUnit').where('syncRunId', '=', syncRunId).execute()
}
