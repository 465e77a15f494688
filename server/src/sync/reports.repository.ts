import type { SyncRunPage, SyncRunReport } from '@zhanggui/shared/sync.ts'
import type { Db } from '../db/connection.ts'
import { reportOf } from './report.ts'
import { sumUnits } from './units.repository.ts'

export async function findRunReport(db: Db, syncRunId: number, now: Date): Promise<SyncRunReport | undefined> {
  const run = await db.selectFrom('syncRun').selectAll().where('syncRunId', '=', syncRunId).executeTakeFirst()
  return run && reportOf(run, await sumUnits(db, syncRunId), now)
}

/** Newest first. `before` is the last id already seen. */
export async function listRunReports(
  db: Db,
  { before, limit, now }: { before: number | undefined; limit: number; now: Date },
): Promise<SyncRunPage> {
  const runs = await db
    .selectFrom('syncRun')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('syncRunId', '<', before ?? 0))
    .orderBy('syncRunId', 'desc')
    .limit(limit + 1)
    .execute()
  const page = runs.slice(0, limit)
  const syncRuns = await Promise.all(page.map(async (run) => reportOf(run, await sumUnits(db, run.syncRunId), now)))
  const last = runs.length > limit ? page.at(-1) : undefined
  return { syncRuns, ...(last && { nextCursor: String(last.syncRunId) }) }
}

/** When each part was last read to its end, and how far it then was from WeCom. */
export async function listLastComplete(db: Db) {
  const runs = await db
    .selectFrom('syncRun')
    .select(['parts', 'finishedAt', 'report'])
    .where('state', '=', 'complete')
    .where('finishedAt', 'is not', null)
    .orderBy('finishedAt', 'desc')
    .limit(20)
    .execute()
  const last = new Map<string, { at: Date; drift: Record<string, number> }>()
  for (const { finishedAt, report } of runs)
    for (const [part, tally] of Object.entries(report))
      if (finishedAt && !last.has(part)) last.set(part, { at: finishedAt, drift: tally?.drift ?? {} })
  return last
}
