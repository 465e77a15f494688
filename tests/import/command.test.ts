import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { until } from '../support/until.ts'
import { encodeGb18030 } from './gb18030.ts'
import { runImportCommand, startImport } from './import-process.ts'

// A process of the sources takes seconds to start, and many where the machine is busy.
const PATIENCE_MS = 240_000

let t: TestApp
let folder: TemporaryFolder
beforeAll(async () => {
  t = await testApp()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const url = () => t.deps.config.databaseUrl ?? ''
const run = (...args: string[]) => runImportCommand(url(), folder.path, args)
const path = (name: string) => join(folder.path, name)
const sums = async (like: string) => {
  const { rows } = await sql<{ orders: number; revisions: number; lines: number; fen: number }>`
    select (select count(*) from sales_order where order_id like ${like}) as orders,
      (select count(*) from sales_order_revision where order_id like ${like}) as revisions,
      (select count(*) from sales_order_line where order_id like ${like}) as lines,
      (select coalesce(sum(amount), 0) from sales_order_line where order_id like ${like})::bigint as fen`.execute(t.db)
  return rows[0]
}

test('a till’s packed GB18030 table: tried dry, taken, what was refused corrected and sent again', {
  timeout: PATIENCE_MS,
}, async () => {
  const mapping = {
    columns: {
      单号: 'orderId',
      时间: 'placedAt',
      货号: 'lines.productId',
      品名: 'lines.name',
      数量: 'lines.quantity',
      金额: 'lines.amount',
    },
    constants: { channel: 'store' },
    money: 'decimal',
  }
  await writeFile(path('map.json'), JSON.stringify(mapping))
  const text = [
    '单号,时间,货号,品名,数量,金额',
    'g1,2026/9/1 10:00,swan,天鹅项链,1,1299.00',
    'g1,2026/9/1 10:00,lip,"唇釉,05 号",2,88.80',
    'g2,2026/9/1 11:00,swan,天鹅项链,0,1299.00',
    'g3,2026/9/1 12:00,swan,天鹅项链,1,1299.00',
  ].join('\r\n')
  await writeFile(path('till.csv.gz'), gzipSync(encodeGb18030(text)))

  const dry = await run('orders', 'till.csv.gz', '--map', 'map.json', '--dry-run')
  expect(dry.stdout).toContain('orders: 2 accepted, 0 unchanged, 1 rejected')
  expect(dry.stdout).toContain('dry run: nothing is kept')
  expect(dry.code).toBe(1)
  expect(await sums('g%')).toEqual({ orders: 0, revisions: 0, lines: 0, fen: 0 })

  const taken = await run('orders', 'till.csv.gz', '--map', 'map.json')
  expect(taken.stdout).toContain('orders: 2 accepted, 0 unchanged, 1 rejected')
  expect(taken.stdout).toContain(path('till.rejected.csv'))
  expect(taken.code).toBe(1)
  expect(await sums('g%')).toEqual({ orders: 2, revisions: 2, lines: 3, fen: 129_900 * 2 + 8880 })

  const refused = await readFile(path('till.rejected.csv'), 'utf8')
  expect(refused.split('\r\n').filter(Boolean)).toEqual([
    '\uFEFF单号,时间,货号,品名,数量,金额,rejected_code,rejected_reason',
    'g2,2026/9/1 11:00,swan,天鹅项链,0,1299.00,invalid_field,/lines/0/quantity must be >= 1',
  ])
  await writeFile(path('till.rejected.csv'), refused.replace('项链,0,', '项链,1,'))
  const corrected = await run('orders', 'till.rejected.csv', '--map', 'map.json')
  expect(corrected.stdout).toContain('orders: 1 accepted, 0 unchanged, 0 rejected')
  expect(corrected.code).toBe(0)

  const { rows } = await sql`
    select order_id, placed_at, name, quantity, l.amount from sales_order join sales_order_line l using (order_id)
    where order_id like 'g%' order by order_id, line_no`.execute(t.db)
  const swan = { name: '天鹅项链', quantity: 1, amount: 129_900 }
  expect(rows).toEqual([
    { orderId: 'g1', placedAt: new Date('2026-09-01T10:00:00+08:00'), ...swan },
    { orderId: 'g1', placedAt: new Date('2026-09-01T10:00:00+08:00'), name: '唇釉,05 号', quantity: 2, amount: 8880 },
    { orderId: 'g2', placedAt: new Date('2026-09-01T11:00:00+08:00'), ...swan },
    { orderId: 'g3', placedAt: new Date('2026-09-01T12:00:00+08:00'), ...swan },
  ])
})

test('what cannot be taken at all ends with 2 and says why', { timeout: PATIENCE_MS }, async () => {
  await writeFile(path('odd.csv'), 'orderId,colour\na,red\n')
  const odd = await run('orders', 'odd.csv')
  expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('Nothing was taken: colour is not a field')])
  const receipts = await run('receipts', 'odd.csv')
  expect([receipts.code, receipts.stderr]).toEqual([2, expect.stringContaining('There are no receipts to import')])
})

test('an import that was killed goes on where it was: no line is lost and none doubled', {
  timeout: 2 * PATIENCE_MS,
}, async () => {
  const ORDERS = 12_000
  const id = (order: number) => `k${String(order).padStart(5, '0')}`
  const rows = Array.from({ length: ORDERS }, (_, order) =>
    [1, 2].map((line) => `${id(order)},store,2026-09-01 10:00:00,p${line},${line},${order + line}`),
  ).flat()
  await writeFile(
    path('killed.csv'),
    ['orderId,channel,placedAt,lines.productId,lines.quantity,lines.amount', ...rows].join('\n'),
  )
  const state = path('killed.csv.import.json')

  // Somebody else has one of the orders in hand: its batch has to wait, so that the end does not come before the kill.
  const other = await t.deps.pool.connect()
  await other.query('begin')
  await other.query(
    `insert into sales_order (order_id, channel, placed_at, coupon_codes, paid_amount, digest, revision, received_at)
     values ($1, 'store', now(), '{}', 0, 'another', 1, now())`,
    [id(4000)],
  )
  const first = await startImport(url(), folder.path, ['orders', 'killed.csv'])
  // The batch before it is noted, the one behind it is written and cannot be noted yet.
  const noted = async (): Promise<number> => {
    const text = await readFile(state, 'utf8').catch(() => '{}')
    const { counts }: { counts?: { orders: { accepted: number } } } = JSON.parse(text)
    return counts?.orders.accepted ?? 0
  }
  const written = async () => (await sums('k%'))?.orders ?? 0
  await until(async () => (await noted()) > 0 && (await written()) > (await noted()), PATIENCE_MS)
  first.kill()
  expect((await first.ended).code).toBeNull()
  const again = (await written()) - (await noted())
  expect(again).toBeGreaterThan(0)
  expect(await written()).toBeLessThan(ORDERS)
  await other.query('rollback')
  other.release()

  const second = await run('orders', 'killed.csv')
  expect(second.stderr).toContain('Going on after')
  // Written but not noted: sent again, which changes nothing.
  expect(second.stdout).toContain(`${spaced(ORDERS - again)} accepted, ${spaced(again)} unchanged, 0 rejected`)
  expect(second.code).toBe(0)
  expect(existsSync(state)).toBe(false)
  const fen = ORDERS * (ORDERS - 1) + 3 * ORDERS
  expect(await sums('k%')).toEqual({ orders: ORDERS, revisions: ORDERS, lines: 2 * ORDERS, fen })
})

const spaced = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
