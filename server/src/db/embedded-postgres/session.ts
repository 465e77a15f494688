import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { SupervisorLog } from '../embedded-postgres.ts'
import { type Cluster, DATABASE_USER } from './cluster.ts'
import { hasCode } from './errors.ts'
import { findPostmaster, startPostmaster } from './postmaster.ts'

/**
 * One open connection that holds the members' lock, shared. Postgres drops the lock when its holder dies, however that
 * happens, so unlike a list of pids it is never out of date.
 */
export interface Session {
  port: number
  /** Settles when the connection is lost or closed. */
  ended: Promise<void>
  /** Gives up the lock; true if nobody else held it. From then on nobody can join until the server has ended. */
  giveUp(): Promise<boolean>
  close(): Promise<void>
}

export const DATABASE = 'zhanggui'
/** Any number will do, as long as it stays the same. */
const MEMBERS_LOCK = 2_026_112_201
const OPEN_LIMIT_MS = 180_000
const LOOK_AGAIN_MS = 50
const START_ATTEMPTS = 10

/** Finds the running server or starts one, and joins its members. */
export async function openSession(
  cluster: Cluster,
  log: SupervisorLog,
  portToStartOn: () => number | Promise<number>,
  cancelled?: AbortSignal,
): Promise<Session> {
  const limit = AbortSignal.any([AbortSignal.timeout(OPEN_LIMIT_MS), ...(cancelled ? [cancelled] : [])])
  let failures = 0
  let problem: unknown
  while (!limit.aborted) {
    const postmaster = await findPostmaster(cluster.folder)
    if (!postmaster) {
      const outcome = await startPostmaster(cluster, await portToStartOn())
      if (outcome.started) continue
      problem = new Error(`The embedded Postgres does not start: ${outcome.reason}`)
      // Another process may be starting or stopping it just now, or somebody has taken the port since we looked.
      if (++failures === START_ATTEMPTS) throw problem
    } else {
      const attempt = await connect(cluster, postmaster.port)
      if ('session' in attempt) {
        log.info({ port: postmaster.port, folder: cluster.folder }, 'embedded Postgres is ready')
        return attempt.session
      }
      problem = attempt.problem
    }
    await pause(LOOK_AGAIN_MS)
  }
  throw problem ?? limit.reason
}

/** Joins a server only if it runs and takes us in at the first try. */
export async function findSession(cluster: Cluster): Promise<Session | undefined> {
  const postmaster = await findPostmaster(cluster.folder)
  const attempt = postmaster && (await connect(cluster, postmaster.port))
  return attempt && 'session' in attempt ? attempt.session : undefined
}

async function connect(cluster: Cluster, port: number): Promise<{ session: Session } | { problem: unknown }> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: DATABASE_USER, password: cluster.password, database: 'postgres' },
    ...{ ssl: false, application_name: 'zhanggui supervisor', connectionTimeoutMillis: 5_000 },
  })
  client.on('error', () => {}) // its end is what counts
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  try {
    await client.connect()
    await joinMembers(client)
    // Also proof that the server was not on its way down when it let us in.
    await makeDatabase(client)
  } catch (problem) {
    client.end().catch(() => {})
    if (!hasCode(problem, '28P01')) return { problem } // starting, stopping or recovering: look again
    throw new Error(
      `The password in ${cluster.dataDir}/postgres.json is not that of the database in ${cluster.folder}. ` +
        'Put the right file back, or move the database away.',
      { cause: problem },
    )
  }

  const session: Session = {
    port,
    ended,
    giveUp: () => giveUp(client),
    close: () => client.end().catch(() => {}),
  }
  return { session }
}

async function joinMembers(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select pg_try_advisory_lock_shared($1) as joined', [MEMBERS_LOCK])
  if (rows[0]?.joined !== true) throw new Error('The last member is just shutting the embedded Postgres down')
}

async function giveUp(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [MEMBERS_LOCK])
  const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [MEMBERS_LOCK])
  return rows[0]?.last === true
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount) return
  await client.query(`create database ${DATABASE} template template0`).catch((cause: unknown) => {
    if (!hasCode(cause, '42P04', '23505')) throw cause // made by another process in this moment
  })
}
