import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { CopyQuery } from '@zhanggui/server/db/copy-query.ts'
import { migrate } from '@zhanggui/server/db/migrate.ts'
import pg from 'pg'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { TILL_MAPPING, writeTillFile } from './import-file.ts'
import { startBenchPostgres } from './scene.ts'

const ROUNDS = 3

/**
 * Order lines a second that `npm run import` takes from a till's file, from the start of its process to the end, as a
 * ratio to two floors of the same Postgres: a bare COPY of the same file into a table without any key, and a COPY of
 * what the import wrote into tables with the same columns and keys. The file is the same in every run.
 */
export async function benchImport(): Promise<void> {
  const asked = process.argv.find((arg) => arg.startsWith('--lines='))?.slice('--lines='.length)
  const lines = Number(asked ?? 300_000)
  const postgres = await startBenchPostgres()
  await using folder = await temporaryFolder()
  try {
    const file = join(folder.path, 'orders.csv')
    const map = join(folder.path, 'map.json')
    const fenInFile = await writeTillFile(file, lines)
    await writeFile(map, JSON.stringify(TILL_MAPPING))
    const content = await readFile(file)
    console.log(`  ${lines} lines, ${(content.length / 2 ** 20).toFixed(0)} MiB, ${cpus().length} cores`)
    const rounds: { bare: number; keyed: number; again: number; product: number }[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const url = await postgres.newDatabase()
      await migrate(url)
      const product = lines / (await timed(() => runImport(url, file, map)))
      const again = lines / (await timed(() => runImport(url, file, map)))
      const client = new pg.Client(url)
      await client.connect()
      await checkTaken(client, lines, fenInFile)
      const keyed = lines / (await copyIntoKeyed(client))
      const bare = lines / (await copyBare(client, content))
      await client.end()
      rounds.push({ bare, keyed, again, product })
      console.log(
        `  round ${round}: import ${perSecond(product)} · again, all of it known ${perSecond(again)} · ` +
          `bare COPY ${perSecond(bare)} · keyed COPY ${perSecond(keyed)}`,
      )
    }
    const ofBare = median(rounds.map(({ product, bare }) => product / bare))
    const ofKeyed = median(rounds.map(({ product, keyed }) => product / keyed))
    console.log(
      `import: ${perSecond(median(rounds.map(({ product }) => product)))}, ${ofBare.toFixed(2)} of a bare COPY ` +
        `(wanted ≥ 0.25), ${ofKeyed.toFixed(2)} of a COPY into tables with their keys (median of ${ROUNDS})`,
    )
  } finally {
    await postgres.stop()
  }
}

function perSecond(lines: number): string {
  return `${Math.round(lines)} lines/s`
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

/** As `npm run import` runs it: the built command, in a process of its own. */
async function runImport(url: string, file: string, map: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(repository, 'server/dist/import/main.js'), 'orders', file, '--map', map],
    {
      env: { PATH: process.env.PATH, ...testEnv, DATABASE_URL: url, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'ignore'],
    },
  )
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the import ended with ${code}`)
}

async function checkTaken(client: pg.Client, lines: number, fen: number): Promise<void> {
  const { rows } = await client.query<{ lines: string; fen: string }>(
    'select count(*) as lines, sum(amount) as fen from sales_order_line',
  )
  if (Number(rows[0]?.lines) !== lines || Number(rows[0]?.fen) !== fen)
    throw new Error(`${rows[0]?.lines} lines of ${rows[0]?.fen} fen were taken, not ${lines} of ${fen}`)
}

function copy(client: pg.Client, text: string, data: Buffer): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    client.query(
      new CopyQuery(text, data, (error) => (error ? reject(error) : resolve((performance.now() - startedAt) / 1000))),
    )
  })
}

/** The file as it stands, into a table of its columns. */
async function copyBare(client: pg.Client, content: Buffer): Promise<number> {
  await client.query(
    `create table floor_line (order_no text, placed_at timestamp, store text, member_no text, guide text,
       product_id text, name text, quantity integer, price numeric, amount numeric)`,
  )
  return copy(client, 'copy floor_line from stdin (format csv, header)', content)
}

const KEYED = ['sales_order', 'sales_order_line', 'sales_order_revision']

/** What the import wrote, from a file of the database's own into the same tables without rules: columns and keys. */
async function copyIntoKeyed(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
  let seconds = 0
  for (const table of KEYED) {
    const path = client.escapeLiteral(`${rows[0]?.folder}/floor-${table}`)
    await client.query(`copy (select * from ${table} order by order_id) to ${path}`)
    await client.query(`create table floor_${table} (like ${table} including constraints including indexes)`)
    seconds += await timed(async () => void (await client.query(`copy floor_${table} from ${path}`)))
  }
  return seconds
}
