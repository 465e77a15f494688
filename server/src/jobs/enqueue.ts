import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { JobSpec } from './job.ts'

/** Adds a job in the caller's transaction: it runs if that commits, and only then. */
export async function enqueue(db: Db, job: JobSpec & { runAt?: Date }): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${job.task}::text,
    payload := ${JSON.stringify(job.payload)}::json,
    run_at := ${job.runAt ?? null}::timestamptz,
    job_key := ${job.key ?? null}::text,
    priority := ${job.priority}::int
  )`.execute(db)
}
