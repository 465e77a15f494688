import { ConfigError } from '../config.ts'
import { withOwnDeps } from '../own-deps.ts'
import { STOPPED, stopOnSignal } from '../stop-on-signal.ts'
import { WecomError } from '../wecom/errors.ts'
import { readArguments, type SyncArguments } from './arguments.ts'
import { SyncRunningError } from './exclusive.ts'
import { connectForSync } from './own-connection.ts'
import { findRunReport } from './reports.repository.ts'
import { runSync } from './run-sync.ts'
import { createProgressView } from './show-progress.ts'
import { SyncInterrupted } from './unit-work.ts'
import { writeReport } from './write-report.ts'

/** Units at once, and calls of one endpoint at most. */
const AT_ONCE = 16
const RESUME_WITHIN_MS = 86_400_000

/** `npm run sync`: reads the corp on the server's own database, whether or not a server runs. Gives the exit code. */
async function main(args: SyncArguments): Promise<number> {
  const stop = stopOnSignal()
  return withOwnDeps(connectForSync, async (deps) => {
    const view = createProgressView(process.stderr, () => performance.now())
    try {
      const outcome = await runSync(deps, {
        parts: args.parts,
        startedBy: 'command',
        resumeWithinMs: args.full ? 0 : RESUME_WITHIN_MS,
        atOnce: AT_ONCE,
        signal: stop,
        onProgress: view.show,
        onPause: (endpoint, until) =>
          view.say(`WeCom takes no more ${endpoint} for now, waiting until ${clockTime(until)}`),
        onResume: (startedAt) => view.say(`Going on with the sync of ${clockTime(startedAt)}; --full starts anew.`),
      })
      view.finish()
      const report = await findRunReport(deps.db, outcome.syncRunId, deps.clock.now())
      if (report) console.log(writeReport(report))
      return outcome.state === 'complete' ? 0 : 1
    } finally {
      view.finish()
    }
  })
}

function clockTime(time: Date): string {
  return time.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai' })
}

/** What went wrong and what to do about it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `${error.message}\nSee .env.example for every setting.`
  if (error instanceof SyncRunningError) return 'Another sync is running, here or on another server. Wait for its end.'
  if (error instanceof WecomError && error.failure === 'configuration')
    return `WeCom refuses: ${error.message}. \`npm run doctor\` says how to mend that; then run it again: it resumes.`
  const words = error instanceof Error ? error.message : String(error)
  return `The sync broke off: ${words}\nRun it again: it goes on where it stopped.`
}

const args = readArguments(process.argv.slice(2))
if (typeof args === 'string') {
  console.error(args)
  process.exitCode = 2
} else {
  process.exitCode = await main(args).catch((error: unknown) => {
    if (error instanceof SyncInterrupted) {
      console.error('Stopped. Everything read so far is kept; run it again to go on from here.')
      return STOPPED
    }
    console.error(explain(error))
    return 1
  })
}
