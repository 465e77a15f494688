import type pg from 'pg'

/** Any number will do, as long as all servers agree on it. */
const LOCK = 0x7a67_7379

/** Another process reads the corp at the moment. */
export class SyncRunningError extends Error {
  constructor() {
    super('another sync is running')
    this.name = 'SyncRunningError'
  }
}

/**
 * Runs `work` as the only one of all servers; throws SyncRunningError where somebody else does. The lock is the
 * connection's, so it goes with the process, however that ends; `lost` says that the connection did.
 */
export async function exclusively<T>(pool: pg.Pool, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const lost = new AbortController()
  const lose = () => lost.abort(new Error('the database connection that holds the lock broke'))
  client.once('end', lose)
  client.once('error', lose)
  let broken = false
  try {
    const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])
    if (rows[0]?.held !== true) throw new SyncRunningError()
    return await work(lost.signal)
  } finally {
    client.off('end', lose)
    client.off('error', lose)
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => {
      broken = true
    })
    client.release(broken || lost.signal.aborted)
  }
}
