import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, parseCrontab, type Runner, run, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { Deps } from '../deps.ts'
import type { Task } from './job.ts'
import { crons, tasks } from './list.ts'
import { asGraphileTask } from './run-task.ts'
import { freeAbandonedJobs, registerWorker, type WorkerRegistration } from './worker-registry.ts'

/** Jobs at once. Welcomes mostly wait for WeCom, 60–180 ms each, and a shop opening brings hundreds a second. */
const CONCURRENCY: Record<Task['lane'], number> = { welcome: 64, general: 12 }
const SWEEP_MS = 5_000
const RESTART_MS = 1_000

export interface Worker {
  /** Takes no new job, finishes those under way. */
  stop(): Promise<void>
}

/** Works jobs until stopped, through any loss of the database. */
export function startWorker(deps: Deps, databaseUrl: string): Worker {
  const stopping = new AbortController()
  const work = keepWorking(deps, databaseUrl, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await work
    },
  }
}

async function keepWorking(deps: Deps, databaseUrl: string, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await workOnce(deps, databaseUrl, stopping)
    } catch (error) {
      deps.log.warn({ err: error }, 'the worker stopped and will start again')
    }
    await pause(RESTART_MS, undefined, { signal: stopping }).catch(() => {})
  }
}

/** From registration to the loss of the database, or to an orderly stop. */
async function workOnce(deps: Deps, databaseUrl: string, stopping: AbortSignal): Promise<void> {
  const { clock, log } = deps
  // graphile-worker's own connections: a queue of handlers waiting for ours must not keep it from finishing jobs.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, application_name: 'zhanggui-worker' })
  pool.on('error', (error) => log.warn({ err: error }, 'a worker connection broke'))
  pool.on('connect', (client) => client.on('error', () => {}))
  const runners: Runner[] = []
  let registration: WorkerRegistration | undefined
  try {
    registration = await registerWorker(
      new pg.Client({ connectionString: databaseUrl, application_name: 'zhanggui-worker-registry' }),
      clock.now(),
    )
    for (const lane of ['welcome', 'general'] as const) runners.push(await startLane(lane, deps, pool, registration))
    const ended = Promise.race(runners.map((runner) => runner.promise))
    await sweepUntil(ended, registration, pool, deps, stopping)
  } finally {
    await Promise.allSettled(runners.map((runner) => runner.stop()))
    await registration?.leave().catch(() => {})
    await pool.end().catch(() => {})
  }
}

async function startLane(
  lane: Task['lane'],
  deps: Deps,
  pool: pg.Pool,
  registration: WorkerRegistration,
): Promise<Runner> {
  const own = tasks.filter((task) => task.lane === lane)
  const events: WorkerEvents = new EventEmitter()
  const registered = new Promise<void>((resolve, reject) => {
    events.once('pool:create', ({ workerPool }) => registration.add(workerPool.id).then(resolve, reject))
  })
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY[lane],
    noHandleSignals: true,
    pollInterval: 1_000,
    events,
    logger: quietLogger(deps),
    taskList: Object.fromEntries(own.map((task) => [task.name, asGraphileTask(task, deps)])),
    parsedCronItems: parseCrontab(
      crons
        .filter(({ task }) => task.lane === lane)
        .map(({ task, schedule }) => `${schedule} ${task.name} ?jobKey=${task.name}`)
        .join('\n'),
    ),
    preset: {
      worker: {
        localQueue: { size: CONCURRENCY[lane], ttl: 10_000 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        gracefulShutdownAbortTimeout: 20_000,
      },
    },
  })
  await registered
  return runner
}

async function sweepUntil(
  ended: Promise<unknown>,
  registration: WorkerRegistration,
  pool: pg.Pool,
  { log }: Deps,
  stopping: AbortSignal,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (stopping.aborted) resolve()
    else stopping.addEventListener('abort', () => resolve(), { once: true })
  })
  let over = false
  const end = Promise.race([ended, stopped]).finally(() => {
    over = true
  })
  while (!over && !registration.lost) {
    const freed = await freeAbandonedJobs(pool)
    if (freed > 0) log.warn({ workers: freed }, 'jobs of workers that are gone were set free')
    await Promise.race([end, pause(SWEEP_MS)])
  }
  if (over) await end
}

/** graphile-worker's own words at warning and above; it knows nothing of what is in a job. */
function quietLogger({ log }: Deps): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'graphile-worker' }, message)
    else if (level === 'warning') log.warn({ from: 'graphile-worker' }, message)
  })
}
