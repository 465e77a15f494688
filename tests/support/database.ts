import { randomBytes } from 'node:crypto'
import { migrate } from '@zhanggui/server/db/migrate.ts'
import pg from 'pg'
import { inject } from 'vitest'

const TEMPLATE = 'migrated_template'

export interface TestDatabase extends AsyncDisposable {
  url: string
}

/** Called once per run: the database all others are copies of. */
export async function createTemplate(serverUrl: string): Promise<void> {
  // These databases outlive nothing, so nobody need wait for the disk: a copy takes a fraction of the time.
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await query(serverUrl, `alter system set ${setting} = off`)
  }
  await query(serverUrl, 'select pg_reload_conf()')
  await query(serverUrl, `create database ${TEMPLATE}`)
  await migrate(withDatabase(serverUrl, TEMPLATE))
}

/** A migrated, empty database of its own for a test or a file. Close your pools before it is disposed of. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await query(serverUrl, `create database ${name} template ${TEMPLATE}`)
  return {
    url: withDatabase(serverUrl, name),
    async [Symbol.asyncDispose]() {
      await query(serverUrl, `drop database ${name} with (force)`)
    },
  }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
