import type pg from 'pg'

/** First half of the two-part advisory lock key; the second is `worker_process_id`. */
const LOCK = 0x7a67

/**
 * Which worker pools are alive. graphile-worker would leave a killed worker's jobs locked for four hours; here each
 * process holds an advisory lock on a connection of its own, which the database drops the moment the process dies.
 */
export interface WorkerRegistration {
  add(workerId: string): Promise<void>
  /** The registering connection is gone (database restarted): register anew. */
  readonly lost: boolean
  leave(): Promise<void>
}

export async function registerWorker(client: pg.Client, startedAt: Date): Promise<WorkerRegistration> {
  let lost = false
  client.on('error', () => {
    lost = true
  })
  client.on('end', () => {
    lost = true
  })
  await client.connect()
  const { rows } = await client.query<{ id: number }>(
    `insert into worker_process (worker_ids, started_at) values ('{}', $1) returning worker_process_id as id`,
    [startedAt],
  )
  const id = rows[0]?.id
  await client.query('select pg_advisory_lock($1, $2)', [LOCK, id])
  return {
    async add(workerId) {
      await client.query('update worker_process set worker_ids = worker_ids || $1::text where worker_process_id = $2', [
        workerId,
        id,
      ])
    },
    get lost() {
      return lost
    },
    async leave() {
      if (!lost) await client.query('delete from worker_process where worker_process_id = $1', [id])
      await client.end()
    },
  }
}

/**
 * Frees the jobs that nobody alive holds. A lock younger than two seconds may belong to a pool that is just
 * registering, so it is left for the next round. Returns how many were freed.
 */
export async function freeAbandonedJobs(pool: pg.Pool): Promise<number> {
  await pool.query(
    `delete from worker_process where not exists (
       select from pg_locks where locktype = 'advisory' and classid = $1::int::oid and objid = worker_process_id::oid
         and database = (select oid from pg_database where datname = current_database())
     ) and started_at < now() - interval '2 seconds'`,
    [LOCK],
  )
  const { rows } = await pool.query<{ ids: string[] | null }>(
    `select array_agg(distinct locked_by) as ids from graphile_worker._private_jobs
     where locked_at < now() - interval '2 seconds'
       and locked_by <> all (select unnest(worker_ids) from worker_process)`,
  )
  const abandoned = rows[0]?.ids ?? []
  if (abandoned.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1)', [abandoned])
  return abandoned.length
}
