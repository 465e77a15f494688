import { setTimeout as pause } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import pg from 'pg'

const ALONE_WITHIN_MS = 15_000

/** The server uses the same Postgres; held here too, it goes away with us even if the server is killed. */
export async function startDatabase(dataDir: string): Promise<{ stop(): Promise<void> }> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  return {
    async stop() {
      await waitUntilAlone(postgres.url)
      await postgres.stop()
    },
  }
}

/** A killed server's connections outlive it by a moment, and until then Postgres would be left running for it. */
async function waitUntilAlone(url: string): Promise<void> {
  const client = new pg.Client(url)
  client.on('error', () => {}) // a database that is gone needs no waiting
  try {
    await client.connect()
    const deadline = Date.now() + ALONE_WITHIN_MS
    while ((await countHolders(client)) > 1 && Date.now() < deadline) await pause(20)
  } finally {
    await client.end()
  }
}

async function countHolders(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ holders: number }>(
    `select count(*)::int as holders from pg_stat_activity where application_name = 'zhanggui supervisor'`,
  )
  return rows[0]?.holders ?? 0
}
