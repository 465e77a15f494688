import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** "The database system is starting up": graphile-worker takes it for passing and tries again. */
const STARTING_UP = '57P03'
const RECONNECT_MS = 250

/**
 * Connections for graphile-worker, which gives up on a job, where nobody can catch it, when the database is away for
 * a moment. Here a connection is waited for until `giveUp`, and a query cut off by a lost one fails with a code that
 * graphile-worker itself retries; all it does to a job is safe to do twice.
 */
export class PatientPool extends pg.Pool {
  readonly #giveUp: AbortSignal

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
        return nameLostConnections(await super.connect())
      } catch (error) {
        if (this.#giveUp.aborted) throw error
        await pause(RECONNECT_MS)
      }
    }
  }
}

const named = new WeakSet<pg.PoolClient>()

function nameLostConnections(client: pg.PoolClient): pg.PoolClient {
  if (named.has(client)) return client
  named.add(client)
  const { query } = client
  const naming = (...args: Parameters<typeof query>): unknown => {
    const result: unknown = Reflect.apply(query, client, args)
    return result instanceof Promise ? result.catch(nameAndThrow) : result
  }
  return Object.assign(client, { query: naming })
}

function nameAndThrow(error: unknown): never {
  // A server that said why gave a code; a connection that just ended did not.
  const lost = error instanceof Error && (!('code' in error) || error.code === undefined || isNetwork(error.code))
  throw lost ? Object.assign(error, { code: STARTING_UP }) : error
}

function isNetwork(code: unknown): boolean {
  return typeof code === 'string' && /^(E[A-Z]+|57P0[123])$/.test(code)
}
