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
  /** The same for all its jobs. */
  payload: JobSpec['payload']
  jobs: readonly Omit<JobSpec, 'payload'>[]
}

/**
 * Keeps callbacks and the jobs of those that are new, all in one commit. A job key given twice in one batch stays one
 * job, the later one: graphile-worker itself refuses that. Returns the digests that were new.
 */
export async function storeCallbacks(pool: pg.Pool, batch: readonly IncomingCallback[]): Promise<Set<string>> {
  const callbacks = [...new Map(batch.map((callback) => [callback.digest, callback])).values()]
  const jobs = callbacks.flatMap((callback, index) => callback.jobs.map((job) => ({ callback: index + 1, ...job })))
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
      callbacks.map((callback) => JSON.stringify(callback.payload)),
      jobs.map((job) => job.callback),
      jobs.map((job) => job.task),
      jobs.map((job) => job.key ?? null),
      jobs.map((job) => job.priority),
    ],
  })
  return new Set(result.rows.map((row) => row.digest))
}

const STORE = `
with given as (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[])
    with ordinality as given (endpoint, event, digest, xml, event_at, received_at, payload, callback)
), kept as (
  insert into callback_inbox (endpoint, event, digest, xml, event_at, received_at)
  select endpoint, event, digest, xml, event_at, received_at from given
  on conflict (digest) do nothing
  returning digest
), job as (
  select task, payload, job_key, priority, ordinality
  from unnest($8::int[], $9::text[], $10::text[], $11::int[])
    with ordinality as asked (callback, task, job_key, priority, ordinality)
  join given using (callback)
  join kept using (digest)
), single as (
  select task, payload, job_key, priority from job where job_key is null
  union all
  (select distinct on (job_key) task, payload, job_key, priority from job where job_key is not null
   order by job_key, ordinality desc)
), added as (
  select count(*) as jobs from graphile_worker.add_jobs((
    select coalesce(array_agg(
      (task, payload::json, null, null, null, job_key, priority, null)::graphile_worker.job_spec
    ), '{}') from single
  ))
)
select digest from kept, added`
