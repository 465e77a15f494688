import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isDatabaseAway } from '../db/connection.ts'

const RECONNECT_MS = 250

/**
 * Connections for graphile-worker, which gives up on its work, where nobody can catch it, when the database is away
 * for a moment. Here a connection is waited for until `giveUp`, and a statement cut off by a lost one is said again on
 * the next: taking, finishing and returning jobs are single statements, and all of them are safe to say twice.
 */
export class PatientPool extends pg.Pool {
  readonly #giveUp: AbortSignal
  readonly #patient = new WeakSet<pg.PoolClient>()

  constructor(config: pg.PoolConfig, giveUp: AbortSignal) {
    super(config)
    this.#giveUp = giveUp
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (err: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): void
  override connect(
    callback?: (err: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void,
  ): Promise<pg.PoolClient> | undefined {
    // pg.Pool's own query() comes this way and reports its failure to its caller.
    if (callback) {
      super.connect(callback)
      return undefined
    }
    return this.#connectPatiently()
  }

  async #connectPatiently(): Promise<pg.PoolClient> {
    for (;;) {
      try {
        return this.#repeating(await super.connect())
      } catch (error) {
        if (this.#giveUp.aborted) throw error
        await pause(RECONNECT_MS)
      }
    }
  }

  #repeating(client: pg.PoolClient): pg.PoolClient {
    if (this.#patient.has(client)) return client
    this.#patient.add(client)
    const { query } = client
    const patiently = (...args: Parameters<typeof query>): unknown => {
      const result: unknown = Reflect.apply(query, client, args)
      if (!(result instanceof Promise)) return result
      return result.catch((error: unknown) => {
        if (!isDatabaseAway(error) || this.#giveUp.aborted || !standsAlone(args[0])) throw error
        return this.#elsewhere(args)
      })
    }
    return Object.assign(client, { query: patiently })
  }

  async #elsewhere(args: Parameters<pg.PoolClient['query']>): Promise<unknown> {
    const client = await this.#connectPatiently()
    try {
      return await Reflect.apply(client.query, client, args)
    } finally {
      client.release()
    }
  }
}

/** LISTEN belongs to its connection and transactions to theirs: graphile-worker begins those anew itself. */
function standsAlone(statement: unknown): boolean {
  const text = typeof statement === 'object' && statement !== null && 'text' in statement ? statement.text : statement
  return typeof text === 'string' && !/^\s*(begin|commit|rollback|savepoint|listen|unlisten)\b/i.test(text)
}
