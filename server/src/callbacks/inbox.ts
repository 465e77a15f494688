import type pg from 'pg'
import { AppError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { type IncomingCallback, storeCallbacks } from './inbox.repository.ts'

const LARGEST_BATCH = 500
/** Commits under way at once: while one waits for the disk the next is being filled. */
const COMMITS = 2

interface Waiting {
  callback: IncomingCallback
  resolve(isNew: boolean): void
  reject(error: unknown): void
}

/** Keeps callbacks. Those that arrive while a commit is under way share the next one; nobody waits for company. */
export interface Inbox {
  /** Resolves once committed: true when new, false for a redelivery. Throws `unavailable` if it could not be kept. */
  keep(callback: IncomingCallback): Promise<boolean>
  /** Resolves when everything accepted is committed. */
  drained(): Promise<void>
}

export function createInbox(pool: pg.Pool, metrics: Metrics): Inbox {
  let queue: Waiting[] = []
  const running = new Set<Promise<void>>()

  async function commit(batch: Waiting[]): Promise<void> {
    try {
      const fresh = await storeCallbacks(
        pool,
        batch.map(({ callback }) => callback),
      )
      metrics.callbackBatch.observe(batch.length)
      for (const { callback, resolve } of batch) resolve(fresh.delete(callback.digest))
    } catch (cause) {
      // One callback that the database cannot hold must not turn its neighbours away.
      if (batch.length > 1 && isDataFault(cause)) for (const waiting of batch) await commit([waiting])
      else
        for (const { reject } of batch)
          reject(new AppError('unavailable', { detail: 'the callback was not stored', cause }))
    }
  }

  function pump() {
    while (queue.length > 0 && running.size < COMMITS) {
      const batch = queue.slice(0, LARGEST_BATCH)
      queue = queue.slice(LARGEST_BATCH)
      const work = commit(batch).finally(() => {
        running.delete(work)
        pump()
      })
      running.add(work)
    }
  }

  return {
    keep(callback) {
      return new Promise((resolve, reject) => {
        queue.push({ callback, resolve, reject })
        pump()
      })
    },
    async drained() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** SQLSTATE class 22: a value the database cannot hold. */
function isDataFault(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && cause.code.startsWith('22')
}
