import { verifyReports, writeVerification } from '@zhanggui/server/reports/verify-reports.ts'
import type { SalesReport } from '@zhanggui/shared/report.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { openSales, type Sales, sale } from './sales-world.ts'

let s: Sales
beforeAll(async () => {
  s = await openSales({ wecom: signInWecom(), env: { HQ_USER_IDS: 'Boss' } })
  await s.send('orders', [
    sale('o1', '09-01', 'Anna', { ring: 100 }, { salesGuideId: 'LinXiao' }),
    sale('o2', '09-02', 'Anna', { ring: 200, cream: 50 }, { salesGuideId: 'linxiao', storeId: 'south' }),
    sale('o3', '09-02', 'Bea', { chain: 300 }, { salesGuideId: 'ChenChen' }),
  ])
})
afterAll(() => s[Symbol.asyncDispose]())

const september = 'from=2026-09-01&to=2026-10-01'

test.for<[userId: string, sees: string[]]>([
  ['LinXiao', ['ring 2 orders of 1 buyer 300', 'cream 1 orders of 1 buyer 50', 'total 350']],
  ['ZhouMin', ['chain 1 orders of 1 buyer 300', 'ring 1 orders of 1 buyer 100', 'total 400']],
  [
    'Boss',
    ['chain 1 orders of 1 buyer 300', 'ring 2 orders of 1 buyer 300', 'cream 1 orders of 1 buyer 50', 'total 650'],
  ],
  ['Stranger', ['total 0']],
])('what %s sees of the sales: the own, the store’s, or all', async ([userId, sees]) => {
  const by = await signIn(s.t, userId)
  const answer = await by.get(`/api/reports/sales?${september}&by=product`)
  expect(answer.statusCode).toBe(200)
  const { rows, total }: SalesReport = answer.json()
  expect([
    ...rows.map(({ key, orders, buyers, amount }) => `${key} ${orders} orders of ${buyers} buyer ${amount}`),
    `total ${total.amount}`,
  ]).toEqual(sees)
})

test('a guide’s own total is her row at HQ', async () => {
  const by = await signIn(s.t, 'LinXiao')
  const own: SalesReport = (await by.get(`/api/reports/sales?${september}&by=guide`)).json()
  const all = await s.sales('guide')
  expect(own.rows).toEqual(all.rows.filter(({ key }) => key === 'LinXiao'))
  expect(own.total.amount).toBe(350)
})

test('nobody sees anything who has not signed in', async () => {
  expect((await s.t.app.inject(`/api/reports/sales?${september}&by=day`)).statusCode).toBe(401)
  expect((await s.t.app.inject(`/open/v1/reports/sales?${september}&by=day`)).statusCode).toBe(401)
})

test.for([
  'sales?from=2026-09-01&by=day',
  'sales?from=2026-09-02&to=2026-09-01&by=day',
  'sales?from=yesterday&to=2026-09-01&by=day',
  'sales?from=2026-02-30&to=2026-09-01&by=day',
  'sales?from=2026-02-30&to=2026-09-01&by=day&tz=Asia/Kolkata',
  `sales?${september}`,
  `sales?${september}&by=weather`,
  `sales?${september}&by=day&tz=Asia/Atlantis`,
  `sales?${september}&by=day&tz=%2B08:00`,
  `sales?${september}&by=day&tz=CST`,
  `sell-through?${september}&by=guide`,
  `repurchase?${september}&by=nothing`,
  'connected-buyers?from=2026-09-01',
  'four-factors?to=2026-09-01',
])('refused: %s', async (path) => {
  expect(await s.get(`reports/${path}`)).toMatchObject({ status: 400, body: { code: 'validation_failed' } })
})

test('an empty period has no rows and a total of nothing', async () => {
  const nothing = { orders: 0, buyers: 0, units: 0, amount: 0, refunds: 0, refundAmount: 0 }
  for (const by of ['day', 'guide', 'product'])
    expect(await s.sales(by, '2020-01-01', '2020-01-01')).toMatchObject({ rows: [], total: nothing })
  expect((await s.get('reports/four-factors?from=2020-01-01&to=2020-02-01')).body).not.toHaveProperty('factors')
})

test('what is corrected counts for whom it was corrected to, from then on', async () => {
  const correction = { credit: 'sales', guideId: 'ChenChen', reason: 'she served her', by: 'boss' }
  expect((await s.post('orders/o1/attribution-corrections', correction)).status).toBeLessThan(300)
  expect((await s.sales('guide')).rows.map(({ key, name, amount }) => ({ key, name, amount }))).toEqual([
    { key: 'ChenChen', amount: 400 },
    { key: 'LinXiao', amount: 250 },
  ])
  expect((await verifyReports(s.deps)).differences).toBe(0)
})

test('a figure that nobody counted is found', async () => {
  await sql`update sales_cell set amount = amount + 1 where dimension = 'product' and key = 'ring'`.execute(s.db)
  const verification = await verifyReports(s.deps)
  expect(verification.differences).toBe(2)
  expect(writeVerification(verification)).toContain('✗ sums by product: 3 rows, 2 differences')
  await sql`update sales_cell set amount = amount - 1 where dimension = 'product' and key = 'ring'`.execute(s.db)
  expect((await verifyReports(s.deps)).differences).toBe(0)
})
