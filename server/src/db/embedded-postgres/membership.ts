import { setTimeout as pause } from 'node:timers/promises'
import type { SupervisorLog } from '../embedded-postgres.ts'
import { type Cluster, DATABASE_USER } from './cluster.ts'
import { readClusterFile, rememberPort } from './cluster-file.ts'
import { freePort, stopPostmaster } from './postmaster.ts'
import { DATABASE, findSession, openSession, type Session } from './session.ts'

export interface Membership {
  url: string
  leave(): Promise<void>
}

const RETRY_PAUSE_MS = 1_000

/** Uses the cluster's server, the one that runs or a new one, and sees to it that it runs until we leave. */
export async function joinServer(cluster: Cluster, log: SupervisorLog): Promise<Membership> {
  const remembered = (await readClusterFile(cluster.dataDir))?.port
  let session = await openSession(cluster, log, () => freePort(remembered))
  const { port } = session
  await rememberPort(cluster.dataDir, port)

  const leaving = new AbortController()
  const left = new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))

  const watch = async () => {
    for (;;) {
      await Promise.race([session.ended, left])
      if (leaving.signal.aborted) return
      log.warn({ port }, 'embedded Postgres went away, bringing it back')
      try {
        session = await openSession(cluster, log, () => port, leaving.signal)
      } catch (err) {
        log.warn({ err }, 'embedded Postgres does not come back, trying again')
        await Promise.race([pause(RETRY_PAUSE_MS, undefined, { ref: false }), left])
      }
    }
  }
  const watching = watch()

  let leave: Promise<void> | undefined
  return {
    url: urlOf(cluster, port),
    leave() {
      leaving.abort()
      leave ??= watching.then(() => leaveServer(cluster, session))
      return leave
    },
  }
}

/** The last one out shuts the server down. */
async function leaveServer(cluster: Cluster, session: Session): Promise<void> {
  try {
    const last = await session.giveUp().catch(() => undefined)
    if (last) await stopPostmaster(cluster)
    if (last !== undefined) return
  } finally {
    await session.close()
  }
  // The server died in this moment. It may be back, and then it is ours to leave.
  const again = await findSession(cluster)
  if (again) await leaveServer(cluster, again)
}

function urlOf(cluster: Cluster, port: number): string {
  return `postgres://${DATABASE_USER}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`
}
