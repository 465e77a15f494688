import type { Db } from '../db/connection.ts'
import type { FailedJobTable } from './jobs.table.ts'

export async function countOpenFailures(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('failedJob')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('replayedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export interface FailedJob {
  task: string
  payload: Record<string, unknown>
  outcome: FailedJobTable['outcome']
  reason: string
  errcode: number | undefined
  attempts: number
  failedAt: Date
}

export async function keepFailedJob(db: Db, job: FailedJob): Promise<void> {
  await db
    .insertInto('failedJob')
    .values({ ...job, payload: JSON.stringify(job.payload), errcode: job.errcode ?? null, replayedAt: null })
    .execute()
}

/** Marks it replayed and gives it back; undefined when there is none, or it was replayed before. */
export function claimFailedJob(db: Db, failedJobId: number, at: Date) {
  return db
    .updateTable('failedJob')
    .set({ replayedAt: at })
    .where('failedJobId', '=', failedJobId)
    .where('replayedAt', 'is', null)
    .returning(['task', 'payload'])
    .executeTakeFirst()
}
