// A process that uses the embedded Postgres, for tests that kill it. Prints the URL; SIGINT and SIGTERM end it in order.
import { startEmbeddedPostgres } from '@zhanggui/server/db/embedded-postgres.ts'
import pg from 'pg'

const [dataDir = '', sharedDir] = process.argv.slice(2)
const postgres = await startEmbeddedPostgres({ dataDir, sharedDir })

const stop = async () => {
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query('select 1') // the database is still there when the app says goodbye
  await client.end()
  await postgres.stop()
  process.exit(0)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
process.stdin.resume().once('close', stop) // the test that started it is gone
process.stdout.write(`${postgres.url}\n`)
