import type pg from 'pg'
import type { JobSpec } from '../jobs/job.ts'
import type { Endpoint, EventName } from './events.ts'

export interface IncomingCallback {
  endpoint: Endpoint
  event: EventName
  digest: string
  xml: string
  eventAt: Date
  receivedAt: Date
  jobs: readonly JobSpec[]
}

/**
 * Keeps callbacks and the jobs of those that are new, all in one commit. A job key given twice in one batch stays one
 * job, the later one: graphile-worker itself refuses that. Returns the digests that were new.
 */
export async function storeCallbacks(pool: pg.Pool, batch: readonly IncomingCallback[]): Promise<Set<string>> {
  const callbacks = [...new Map(batch.map((callback) => [callback.digest, callback])).values()]
  const jobs = callbacks.flatMap((callback) => callback.jobs.map((job) => ({ digest: callback.digest, ...job })))
  const result = await pool.query<{ digest: string }>({
    name: 'store-callbacks',
    text: STORE,
    values: [
      callbacks.map((callback) => callback.endpoint),
      callbacks.map((callback) => callback.event),
      callbacks.map((callback) => callback.digest),
      callbacks.map((callback) => callback.xml),
      callbacks.map((callback) => callback.eventAt),
      callbacks.map((callback) => callback.receivedAt),
      jobs.map((job) => job.digest),
      jobs.map((job) => job.task),
      jobs.map((job) => JSON.stringify(job.payload)),
      jobs.map((job) => job.key ?? null),
      jobs.map((job) => job.priority),
    ],
  })
  return new Set(result.rows.map((row) => row.digest))
}

const STORE = `
with kept as (
  insert into callback_inbox (endpoint, event, digest, xml, event_at, received_at)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
  on conflict (digest) do nothing
  returning digest
), job as (
  select distinct on (coalesce(job_key, 'job ' || ordinality)) task, payload, job_key, priority
  from unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::int[])
    with ordinality as given (digest, task, payload, job_key, priority, ordinality)
  join kept using (digest)
  order by coalesce(job_key, 'job ' || ordinality), ordinality desc
), added as (
  select count(*) as jobs from graphile_worker.add_jobs((
    select coalesce(array_agg(
      (task, payload::json, null, null, null, job_key, priority, null)::graphile_worker.job_spec
    ), '{}') from job
  ))
)
select digest from kept, added`
