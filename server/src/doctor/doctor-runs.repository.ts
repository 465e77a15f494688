import type { CheckResult, DoctorReport } from '@zhanggui/shared/doctor.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** An unfinished one older than this was left by a server that died. */
const LONGEST_MS = 60_000

/** Undefined: one is under way already. */
export async function beginRun(db: Db, askedBy: string, now: Date): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into doctor_run (asked_by, started_at, results)
    select ${askedBy}, ${now}, '[]'
    where not exists (select from doctor_run where finished_at is null and started_at > ${oldest(now)})
    returning doctor_run_id as id`.execute(db)
  return rows[0]?.id
}

export async function saveRun(
  db: Db,
  runId: number,
  results: readonly CheckResult[],
  finishedAt?: Date,
): Promise<void> {
  await db
    .updateTable('doctorRun')
    .set({ results: JSON.stringify(results), ...(finishedAt && { finishedAt }) })
    .where('doctorRunId', '=', runId)
    .execute()
}

/** The one under way, or the last one finished. */
export async function latestRun(db: Db, now: Date): Promise<DoctorReport | undefined> {
  const row = await db
    .selectFrom('doctorRun')
    .select(['startedAt', 'finishedAt', 'results'])
    .where((eb) => eb.or([eb('finishedAt', 'is not', null), eb('startedAt', '>', oldest(now))]))
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      startedAt: row.startedAt.toISOString(),
      ...(row.finishedAt && { finishedAt: row.finishedAt.toISOString() }),
      results: row.results,
    }
  )
}

export async function countRunsSince(db: Db, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('doctorRun')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('startedAt', '>', since)
    .executeTakeFirstOrThrow()
  return count
}

function oldest(now: Date): Date {
  return new Date(now.getTime() - LONGEST_MS)
}
