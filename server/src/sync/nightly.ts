import { raiseAlert } from '../alerts/raise-alert.ts'
import { isDatabaseAway } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { RunLater, type Task } from '../jobs/job.ts'
import { SyncRunningError } from './exclusive.ts'
import { connectForSync } from './own-connection.ts'
import { PART_NAMES } from './part-names.ts'
import { runSync } from './run-sync.ts'
import { SyncInterrupted } from './unit-work.ts'

/** Few at once: beside it callbacks and welcomes are worked, and the night is long. */
const AT_ONCE = 6
/** One of last night is over; a server that was restarted goes on with its own. */
const RESUME_WITHIN_MS = 12 * 3_600_000
const AGAIN_MS = 10 * 60_000
const TRIES = 12

/** Reads the whole corp. Where several servers run, one of them does; one that was stopped goes on with it. */
export const nightlySync: Task = {
  name: 'nightly_sync',
  lane: 'general',
  async run(_payload, deps, { attempt, stopping = new AbortController().signal }) {
    const { connectionString = '' } = deps.pool.options
    const connection = connectForSync(connectionString, deps.log)
    try {
      const outcome = await runSync(
        { ...deps, db: connection.db, pool: connection.pool },
        {
          parts: PART_NAMES,
          startedBy: 'nightly',
          resumeWithinMs: RESUME_WITHIN_MS,
          atOnce: AT_ONCE,
          signal: stopping,
          callsMade: (endpoint) => callsMade(endpoint, deps),
        },
      )
      if (outcome.state === 'incomplete') throw new RunLater('some of the corp could not be read', AGAIN_MS, TRIES)
    } catch (error) {
      const later = asLater(error)
      if (attempt >= TRIES || (!later && !isDatabaseAway(error)))
        await raiseAlert(deps, { kind: 'sync_failed', detail: wordsOf(error) })
      throw later ?? error
    } finally {
      await connection.close()
    }
  },
}

function asLater(error: unknown): RunLater | undefined {
  if (error instanceof RunLater) return error
  if (error instanceof SyncRunningError) return new RunLater('another sync is running', AGAIN_MS, TRIES)
  if (error instanceof SyncInterrupted) return new RunLater('the server was told to stop', 0, TRIES)
  return undefined
}

async function callsMade(endpoint: string, { metrics }: Deps): Promise<number> {
  const { values } = await metrics.wecomCalls.get()
  return values.reduce((sum, { labels, value }) => (labels.endpoint === endpoint ? sum + value : sum), 0)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
