import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import { enqueue } from './enqueue.ts'
import { claimFailedJob } from './failed-jobs.repository.ts'

/** Runs a kept failure once more, from its first try. Throws failed_job_unknown also when it was replayed before. */
export async function replayFailedJob(db: Kysely<Database>, failedJobId: number, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const job = await claimFailedJob(tx, failedJobId, now)
    if (!job) throw new AppError('failed_job_unknown')
    await enqueue(tx, { task: job.task, payload: job.payload, priority: 0 })
  })
}
