import { type Logger, pino } from 'pino'
import { readConfig } from './config.ts'
import { type Connection, connect } from './db/connection.ts'
import { startEmbeddedPostgres } from './db/embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import type { Deps } from './deps.ts'
import { makeDeps } from './make-deps.ts'

type ConnectTo = (databaseUrl: string, log: Logger) => Connection

/** The usual connection of a command, with so many clients. */
export function clients(size: number): ConnectTo {
  return (databaseUrl, log) =>
    connect(databaseUrl, { size, onError: (error) => log.warn({ err: error }, 'a database connection broke') })
}

/**
 * For a command: runs on the server's own database, whether or not a server runs, and leaves as it was what it had to
 * start. Throws ConfigError, and whatever `run` throws.
 */
export async function withOwnDeps<T>(connectTo: ConnectTo, run: (deps: Deps) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel === 'info' ? 'error' : config.logLevel }, pino.destination(2))
  // A server that runs shares its database; where none does, it is started for as long as we need it.
  const embedded =
    config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: config.dataDir }) : undefined
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrate(databaseUrl)
    const connection = connectTo(databaseUrl, log)
    const deps = makeDeps(config, connection, log)
    try {
      return await run(deps)
    } finally {
      await deps.wecom.close()
      await connection.close()
    }
  } finally {
    await embedded?.stop()
  }
}
