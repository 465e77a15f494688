import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './preparing-client.ts'
import type { Database } from './schema.ts'

/** What a repository takes: the database, or a transaction on it. */
export type Db = Kysely<Database> | Transaction<Database>

export interface Connection {
  db: Kysely<Database>
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * A pool that outlives its server: a connection that breaks while idle is reported, never thrown, and the next query
 * opens a new one. int8 comes back as a number (fen and counts stay far below 2^53), date as its text.
 */
export function connect(
  url: string,
  {
    size = 20,
    patienceMs = 3_000,
    settings,
    onError,
  }: {
    size?: number
    /** Postgres' own for these connections, as `-c name=value`. */
    settings?: string
    /** How long a query waits for a connection, also while all are in use. */
    patienceMs?: number
    onError: (error: Error) => void
  },
): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: patienceMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: 'zhanggui',
    options: settings,
    types: { getTypeParser },
    Client: PreparingClient,
  })
  pool.on('error', onError)
  // A checked-out client whose server dies emits on the client itself.
  pool.on('connect', (client) => client.on('error', onError))
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db,
    pool,
    async close() {
      await db.destroy()
      // Kysely leaves a pool alone that it never used itself, as on a server that has only taken callbacks.
      if (!pool.ending) await pool.end()
    },
  }
}

const INT8 = 20
const DATE = 1082

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8) return safeInteger
  if (oid === DATE) return (text) => text
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text')
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`the database holds an integer too large to be exact`)
  return value
}

/** The database did not answer: it is away, starting or stopping, or the connection broke. Nothing was said about the query. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // 57P0x: the server is stopping or starting; 53300: it has no connection left.
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|57P0[123]$|53300$)/.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  )
}
