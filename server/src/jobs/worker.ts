import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, parseCrontab, type Runner, run, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Deps } from '../deps.ts'
import type { Cron, Task } from './job.ts'
import { crons, tasks } from './list.ts'
import { PatientPool } from './patient-pool.ts'
import { createPresence, freeAbandonedJobs, type Presence } from './presence.ts'
import { asGraphileTask } from './run-task.ts'

/**
 * Jobs at once. A welcome mostly waits: two answers of WeCom, 60–180 ms each, one after the other; hundreds of friends
 * a second come when shops open. How many calls WeCom itself bears at once is the client's gate to find out.
 * The mirror may take its time: while a crowd is being welcomed it gets a small share of the machine.
 */
const CONCURRENCY: Record<Task['lane'], number> = { welcome: 200, general: 6 }
const SWEEP_MS = 2_000
const RESTART_MS = 1_000
/** How long an orderly stop waits for a database that is away. */
const LAST_PATIENCE_MS = 10_000

export interface Worker {
  /** Takes no new job, finishes those under way. */
  stop(): Promise<void>
}

/** Works jobs until stopped, through any loss of the database; `schedule` is what the time of day makes due. */
export function startWorker(deps: Deps, databaseUrl: string, schedule: readonly Cron[] = crons): Worker {
  const stopping = new AbortController()
  const work = keepWorking(deps, databaseUrl, schedule, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await work
    },
  }
}

async function keepWorking(
  deps: Deps,
  databaseUrl: string,
  schedule: readonly Cron[],
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    try {
      await workOnce(deps, databaseUrl, schedule, stopping)
    } catch (error) {
      deps.log.warn({ err: error }, 'the worker stopped and will start again')
    }
    await pause(RESTART_MS, undefined, { signal: stopping }).catch(() => {})
  }
}

/** Until told to stop, or until graphile-worker itself gives up. A database that is away for a while is waited for. */
async function workOnce(
  deps: Deps,
  databaseUrl: string,
  schedule: readonly Cron[],
  stopping: AbortSignal,
): Promise<void> {
  const { log } = deps
  // graphile-worker's own connections: a queue of handlers waiting for ours must not keep it from finishing jobs.
  const givenUp = new AbortController()
  const pool = new PatientPool(
    { connectionString: databaseUrl, max: 10, application_name: 'zhanggui-worker' },
    givenUp.signal,
  )
  pool.on('error', (error) => log.warn({ err: error }, 'a worker connection broke'))
  pool.on('connect', (client) => client.on('error', () => {}))
  const presence = createPresence(databaseUrl, deps.clock)
  const runners: Runner[] = []
  try {
    await presence.keep()
    for (const lane of ['welcome', 'general'] as const)
      runners.push(await startLane(lane, schedule, deps, pool, presence, stopping))
    await sweepUntil(Promise.race(runners.map((runner) => runner.promise)), presence, deps, stopping)
  } finally {
    const patience = setTimeout(() => givenUp.abort(), LAST_PATIENCE_MS)
    await Promise.allSettled(runners.map((runner) => runner.stop()))
    clearTimeout(patience)
    await presence.leave().catch(() => {})
    await pool.end().catch(() => {})
  }
}

async function startLane(
  lane: Task['lane'],
  schedule: readonly Cron[],
  deps: Deps,
  pool: pg.Pool,
  presence: Presence,
  stopping: AbortSignal,
): Promise<Runner> {
  const own = tasks.filter((task) => task.lane === lane)
  const events: WorkerEvents = new EventEmitter()
  const registered = new Promise<void>((resolve, reject) => {
    events.once('pool:create', ({ workerPool }) => presence.add(workerPool.id).then(resolve, reject))
  })
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY[lane],
    noHandleSignals: true,
    pollInterval: 1_000,
    events,
    logger: quietLogger(deps),
    taskList: Object.fromEntries(own.map((task) => [task.name, asGraphileTask(task, deps, stopping)])),
    parsedCronItems: parseCrontab(
      schedule
        .filter(({ task }) => task.lane === lane)
        .map((cron) => `${cron.schedule} ${cron.task.name} ?jobKey=${cron.task.name}`)
        .join('\n'),
    ),
    preset: {
      worker: {
        localQueue: { size: CONCURRENCY[lane], ttl: 10_000 },
        completeJobBatchDelay: 5,
        failJobBatchDelay: 5,
        gracefulShutdownAbortTimeout: 20_000,
      },
    },
  })
  await registered
  return runner
}

async function sweepUntil(
  ended: Promise<unknown>,
  presence: Presence,
  deps: Deps,
  stopping: AbortSignal,
): Promise<void> {
  const { log } = deps
  const stopped = new Promise<void>((resolve) => {
    if (stopping.aborted) resolve()
    else stopping.addEventListener('abort', () => resolve(), { once: true })
  })
  let over = false
  const end = Promise.race([ended, stopped]).finally(() => {
    over = true
  })
  while (!over) {
    try {
      await presence.keep()
      const freed = await freeAbandonedJobs(deps.pool)
      if (freed > 0) log.warn({ workers: freed }, 'jobs of workers that are gone were set free')
    } catch (error) {
      log.warn({ err: error }, 'the database is away; the worker waits for it')
    }
    await Promise.race([end, pause(SWEEP_MS)])
  }
  await end
}

/** graphile-worker's own words at warning and above; it knows nothing of what is in a job. */
function quietLogger({ log }: Deps): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'graphile-worker' }, message)
    else if (level === 'warning') log.warn({ from: 'graphile-worker' }, message)
  })
}
