import type { FailedJobPage } from '@zhanggui/shared/failed-job.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Failures that nobody has replayed, newest first, without their payloads. `before` is the last id already seen. */
export async function listOpenFailures(
  db: Db,
  { before, limit }: { before?: number; limit: number },
): Promise<FailedJobPage> {
  const rows = await db
    .selectFrom('failedJob')
    .select(['failedJobId', 'task', 'outcome', 'reason', 'errcode', 'attempts', 'failedAt'])
    .select(sql<string | null>`payload->>'name'`.as('event'))
    .where('replayedAt', 'is', null)
    .$if(before !== undefined, (query) => query.where('failedJobId', '<', before ?? 0))
    .orderBy('failedJobId', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    failedJobs: page.map(({ failedJobId, task, outcome, reason, errcode, attempts, failedAt, event }) => ({
      id: String(failedJobId),
      task,
      outcome,
      reason,
      attempts,
      failedAt: failedAt.toISOString(),
      ...(errcode !== null && { errcode }),
      ...(event !== null && { event }),
    })),
    ...(last && { nextCursor: String(last.failedJobId) }),
  }
}
