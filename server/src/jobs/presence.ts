import pg from 'pg'
import type { Clock } from '../clock.ts'

/** First half of the two-part advisory lock key; the second is `worker_process_id`. */
const LOCK = 0x7a67

/**
 * Says that this process's worker pools are alive. graphile-worker would leave a killed worker's jobs locked for four
 * hours; here each process holds an advisory lock on a connection of its own, which the database drops the moment the
 * process dies.
 */
export interface Presence {
  /** Registers, or registers anew where the connection was lost. Throws while the database is away. */
  keep(): Promise<void>
  add(workerId: string): Promise<void>
  leave(): Promise<void>
}

interface Held {
  client: pg.Client
  id: number
}

export function createPresence(databaseUrl: string, clock: Clock): Presence {
  const workerIds: string[] = []
  let held: Held | undefined

  async function register(): Promise<Held> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'zhanggui-worker-presence' })
    const lose = () => {
      if (held?.client === client) held = undefined
    }
    client.on('error', lose)
    client.on('end', lose)
    await client.connect()
    const { rows } = await client.query<{ id: number }>(
      'insert into worker_process (worker_ids, started_at) values ($1, $2) returning worker_process_id as id',
      [workerIds, clock.now()],
    )
    const id = rows[0]?.id ?? 0
    await client.query('select pg_advisory_lock($1, $2)', [LOCK, id])
    return { client, id }
  }

  return {
    async keep() {
      held ??= await register()
    },
    async add(workerId) {
      workerIds.push(workerId)
      await held?.client.query('update worker_process set worker_ids = $1 where worker_process_id = $2', [
        workerIds,
        held.id,
      ])
    },
    async leave() {
      const last = held
      held = undefined
      await last?.client.query('delete from worker_process where worker_process_id = $1', [last.id])
      await last?.client.end()
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

/** Processes that work jobs at this moment, on any machine. */
export async function countLivingWorkers(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from worker_process where exists (
       select from pg_locks where locktype = 'advisory' and classid = $1::int::oid and objid = worker_process_id::oid
         and database = (select oid from pg_database where datname = current_database())
     )`,
    [LOCK],
  )
  return rows[0]?.count ?? 0
}
