import { type Connection, connect } from '../db/connection.ts'
import type { Deps } from '../deps.ts'

/** One holds the lock, the others write. Callbacks and welcomes have a pool of their own. */
const CONNECTIONS = 5
/** Many units wait for few connections. */
const PATIENCE_MS = 30_000

/**
 * Connections for reading the whole corp. A commit does not wait for the disk: what a crash of the database takes, it
 * takes together with the progress that speaks of it, and the next run reads it again.
 */
export function connectForSync(databaseUrl: string, log: Deps['log']): Connection {
  return connect(databaseUrl, {
    size: CONNECTIONS,
    patienceMs: PATIENCE_MS,
    settings: '-c synchronous_commit=off',
    onError: (error) => log.warn({ err: error }, 'a database connection of the sync broke'),
  })
}
