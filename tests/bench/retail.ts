import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@zhanggui/server/config.ts'
import { readCustomerCard } from '@zhanggui/server/customers/card.ts'
import { connect } from '@zhanggui/server/db/connection.ts'
import { migrate } from '@zhanggui/server/db/migrate.ts'
import type { Deps } from '@zhanggui/server/deps.ts'
import { makeDeps } from '@zhanggui/server/make-deps.ts'
import { reportSales } from '@zhanggui/server/reports/sales-report.ts'
import { tallyDueSales } from '@zhanggui/server/reports/tally-sales.ts'
import { verifyReports, writeVerification } from '@zhanggui/server/reports/verify-reports.ts'
import type { SalesKey } from '@zhanggui/shared/report.ts'
import pg from 'pg'
import { pino } from 'pino'
import { testEnv } from '../support/env.ts'
import { repository } from '../support/repository.ts'
import { loadYear, sizeOfYear, tillRows, YEAR, type YearSize } from './reference-year.ts'
import { startBenchPostgres } from './scene.ts'

const REFERENCE_CUSTOMERS = 600_000
/** Lines imported; beyond that a line costs what the one before it cost. */
const MOST_IMPORTED = 500_000

/**
 * The reference year, the same each time: what importing its lines costs beside a bare COPY, a customer's card, the
 * sales of the year, and the sums against the rows. `--customers=30000` makes it smaller, all else in proportion.
 */
export async function benchRetail(): Promise<void> {
  const size = sizeOfYear(customersWanted())
  const { customers, orders, lines, products, guides } = size
  console.log(`  ${customers} customers, ${orders} orders, ${lines} lines, ${products} products, ${guides} guides`)
  const postgres = await startBenchPostgres()
  try {
    await measureImport(await postgres.newDatabase(), await postgres.newDatabase(), size)
    await measureYear(await postgres.newDatabase(), size)
  } finally {
    await postgres.stop()
  }
}

function customersWanted(): number {
  const given = process.argv.find((arg) => arg.startsWith('--customers='))?.split('=')[1]
  const wanted = given === undefined ? REFERENCE_CUSTOMERS : Number(given)
  if (!Number.isInteger(wanted) || wanted < 1_000)
    throw new Error('--customers must be a whole number of at least 1000')
  return wanted
}

/** The command as `npm run import` runs it, onto an empty database; the floor copies the same file into a bare table. */
async function measureImport(floorUrl: string, databaseUrl: string, size: YearSize): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'retail-'))
  const file = join(folder, 'orders.csv')
  // The database may run as somebody else.
  await chmod(folder, 0o777)
  try {
    const lines = Math.min(size.lines, MOST_IMPORTED)
    const floor = await withClient(floorUrl, async (client) => {
      await client.query(`create table till as ${tillRows(size, Math.floor((lines * 2) / 5))} limit 0`)
      await client.query(`copy (${tillRows(size, Math.floor((lines * 2) / 5))}) to '${file}' (format csv, header)`)
      return timed(() => client.query(`copy till from '${file}' (format csv, header)`))
    })
    await migrate(databaseUrl)
    const seconds = await timed(() => runImport(databaseUrl, file))
    const megabytes = Math.round((await stat(file)).size / 1_000_000)
    console.log(
      `  import: ${lines} lines (${megabytes} MB), ${rate(lines, seconds)} lines/s; COPY ${rate(lines, floor)}; ` +
        `${(floor / seconds).toFixed(3)} of it (wanted ≥ 0.25)`,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runImport(databaseUrl: string, file: string): Promise<void> {
  const child = spawn(process.execPath, [join(repository, 'server/dist/import/main.js'), 'orders', file], {
    cwd: repository,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...testEnv, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the import ended with ${code}`)
}

async function measureYear(databaseUrl: string, size: YearSize): Promise<void> {
  await migrate(databaseUrl)
  const loading = await withClient(databaseUrl, (client) => timed(() => loadYear(client, size)))
  console.log(`  the year generated in ${loading.toFixed(1)} s`)
  const connection = connect(databaseUrl, { onError: (error) => console.error(error) })
  const deps = makeDeps(readConfig({ ...testEnv, DATABASE_URL: databaseUrl }), connection, pino({ level: 'silent' }))
  try {
    const counting = await timed(async () => {
      while (await tallyDueSales(deps));
    })
    console.log(`  counted from nothing: ${counting.toFixed(1)} s, ${rate(size.orders, counting)} orders/s`)
    await withClient(databaseUrl, (client) => client.query('vacuum analyze'))
    await measureCards(deps, size)
    for (const by of ['day', 'product', 'guide', 'store', 'brand', 'channel'] as const) await measureSales(deps, by)
    const moment = { from: '2025-01-16T13:30:00+08:00', to: '2025-12-11T08:00:00+08:00' }
    await measureSales(deps, 'product', moment, ' of a period that begins and ends in the middle')
    const verifying = performance.now()
    const verification = await verifyReports(deps)
    console.log(writeVerification(verification).replace(/^/gm, '  '))
    console.log(`  verified in ${((performance.now() - verifying) / 1000).toFixed(1)} s`)
  } finally {
    await deps.wecom.close()
    await connection.close()
  }
}

/** Customers with a guide, the most faithful of all among them. */
async function measureCards(deps: Deps, { customers, guides }: YearSize): Promise<void> {
  const friends = Array.from({ length: 300 }, (_, index) => Math.floor(((customers / 10 - 1) * index) / 300) * 10 + 1)
  const times: number[] = []
  for (const customer of friends) {
    const viewer = { userId: `Guide${customer % guides}`, role: 'guide' as const }
    times.push(1000 * (await timed(() => readCustomerCard(deps, viewer, `wm${customer}`))))
  }
  // The first few meet connections that have not prepared a statement yet.
  console.log(`  card: ${percentiles(times.slice(50))} (wanted p95 ≤ 20 ms)`)
}

async function measureSales(deps: Deps, by: SalesKey, period = instants(YEAR), words = ' of the year'): Promise<void> {
  const times: number[] = []
  let rows = 0
  for (let run = 0; run < 20; run += 1)
    times.push(
      1000 *
        (await timed(async () => {
          const report = await reportSales(deps, { ...period, by, tz: 'Asia/Shanghai', scope: {} })
          rows = report.rows.length
        })),
    )
  console.log(`  sales by ${by}${words}: ${rows} rows, ${percentiles(times)} (wanted p95 ≤ 300 ms)`)
}

function instants({ from, to }: typeof YEAR) {
  return { from: `${from}T00:00:00+08:00`, to: `${to}T00:00:00+08:00` }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

function rate(count: number, seconds: number): number {
  return Math.round(count / seconds)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
