import { mkdir, realpath } from 'node:fs/promises'
import { findBinaries } from './embedded-postgres/binaries.ts'
import { openCluster } from './embedded-postgres/cluster.ts'
import { joinServer } from './embedded-postgres/membership.ts'

/** The part of a pino logger that is used. */
export interface SupervisorLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface EmbeddedPostgresOptions {
  dataDir: string
  log?: SupervisorLog
  /** Where root puts what an unprivileged user must reach, when the checkout or `dataDir` is closed to that user. */
  sharedDir?: string
}

export interface EmbeddedPostgres {
  url: string
  /** Leaves the server; the last one out shuts it down and waits for its end. Close every pool first. */
  stop(): Promise<void>
}

const silent: SupervisorLog = { info() {}, warn() {} }

/**
 * A real Postgres of our own, its data in `<dataDir>/postgres`. Processes that name the same folder share one server,
 * and a server whose starter was killed is taken over. A server that dies is brought back on the same port.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = silent, sharedDir = '/var/lib/zhanggui' } = options
  await mkdir(options.dataDir, { recursive: true })
  const dataDir = await realpath(options.dataDir)
  const cluster = await openCluster(dataDir, sharedDir, (account) => findBinaries(account, sharedDir), log)
  const membership = await joinServer(cluster, log)
  return { url: membership.url, stop: membership.leave }
}
