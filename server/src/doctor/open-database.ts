import type pg from 'pg'
import type { Config } from '../config.ts'
import { connect } from '../db/connection.ts'
import { readClusterFile } from '../db/embedded-postgres/cluster-file.ts'
import { startEmbeddedPostgres } from '../db/embedded-postgres.ts'
import { NoDatabaseYet } from './checks/database-checks.ts'
import type { DatabaseAccess } from './tools.ts'

/** The database of the settings; an embedded one that does not run is started for as long as the examination takes. */
export function openDatabase({ databaseUrl, dataDir }: Config): DatabaseAccess & { close(): Promise<void> } {
  const closing: (() => Promise<void>)[] = []
  let opened: Promise<pg.Pool> | undefined

  async function open(): Promise<pg.Pool> {
    const { pool, close } = connect(databaseUrl ?? (await startEmbedded()), { size: 4, onError: () => {} })
    closing.push(close)
    return pool
  }

  async function startEmbedded(): Promise<string> {
    if (!(await readClusterFile(dataDir))) throw new NoDatabaseYet()
    const { url, stop } = await startEmbeddedPostgres({ dataDir })
    closing.push(stop)
    return url
  }

  return {
    where: whereIs(databaseUrl, dataDir),
    pool() {
      opened ??= open()
      return opened
    },
    async close() {
      await opened?.catch(() => {}) // told by the check that opened it
      for (const close of closing.reverse()) await close()
    },
  }
}

export function whereIs(databaseUrl: string | undefined, dataDir: string): string {
  if (databaseUrl === undefined) return `自带的(${dataDir})`
  if (!URL.canParse(databaseUrl)) return 'DATABASE_URL'
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
