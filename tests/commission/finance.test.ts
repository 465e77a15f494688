import type { ClosedPeriod, CommissionReport, Simulation, Statement } from '@zhanggui/shared/commission.ts'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TILL_KEY } from '../support/env.ts'
import { openShop } from '../support/shop.ts'
import { openRetail } from './retail-story.ts'

const r = await openRetail({ now: new Date('2026-09-21T10:00:00+08:00') })
afterAll(() => r.t[Symbol.asyncDispose]())

// September, told before anything is closed: two guides, one refund, one order still within its refund window.
beforeAll(async () => {
  await openShop(r.t)
  await r.pay(500)
  await r.pay(100, { ruleId: 'service', credit: 'service' })
  await r.buy('=1+1', 100_000, {
    placedAt: '2026-09-02T10:00:00+08:00',
    salesGuideId: 'LinXiao',
    serviceGuideId: 'ChenChen',
  })
  await r.buy('fresh', 20_000, { placedAt: '2026-09-20T10:00:00+08:00', salesGuideId: 'linxiao' })
  await r.refund('back', '=1+1', 25_000, { refundedAt: '2026-09-03T10:00:00+08:00' })
  await r.work()
})

const sums = (over: object = {}) => ({ pending: 0, confirmed: 0, settled: 0, reversed: 0, ...over })
const september = 'reports/commission?from=2026-09-01&to=2026-10-01'
const file = async (path: string) => {
  const answer = await r.app.inject({ url: `/open/v1/${path}`, headers: { authorization: `Bearer ${TILL_KEY}` } })
  expect(answer.statusCode).toBe(200)
  return answer
}

test('the report tells what is pending, confirmed and reversed, by guide and credit', async () => {
  const { body } = await r.get<CommissionReport>(september)
  expect(body).toEqual({
    rows: [
      { guideId: 'ChenChen', sales: sums(), service: sums({ confirmed: 1000, reversed: 250 }) },
      { guideId: 'LinXiao', sales: sums({ pending: 1000, confirmed: 5000, reversed: 1250 }), service: sums() },
    ],
    total: {
      sales: sums({ pending: 1000, confirmed: 5000, reversed: 1250 }),
      service: sums({ confirmed: 1000, reversed: 250 }),
    },
  })
})

test('a period of the report is of what came about in it', async () => {
  const day = async (from: string, to: string) =>
    (await r.get<CommissionReport>(`reports/commission?from=${from}&to=${to}`)).body.total
  expect(await day('2026-09-02', '2026-09-03')).toMatchObject({ sales: sums({ confirmed: 5000 }) })
  expect(await day('2026-09-03', '2026-09-04')).toMatchObject({ sales: sums({ reversed: 1250 }) })
  expect(await day('2026-08-01', '2026-09-01')).toEqual({ sales: sums(), service: sums() })
  expect((await r.get('reports/commission?from=2026-09-01')).status).toBe(400)
})

test('a statement explains each fen', async () => {
  const { body } = await r.get<Statement>('commission/statements/linxiao?period=2026-09')
  expect(body).toMatchObject({
    guideId: 'LinXiao',
    state: 'open',
    sales: 4750,
    service: 0,
    total: 4750,
    entries: [
      {
        orderId: '=1+1',
        kind: 'earn',
        base: 100_000,
        rate: 500,
        ruleId: 'all',
        ruleVersion: 1,
        amount: 5000,
        state: 'confirmed',
      },
      {
        orderId: '=1+1',
        kind: 'reversal',
        refundId: 'back',
        base: -25_000,
        rate: 500,
        amount: -1250,
        state: 'confirmed',
      },
      { orderId: 'fresh', kind: 'earn', base: 20_000, amount: 1000, state: 'pending' },
    ],
  })
  expect((await r.get('commission/statements/linxiao?period=2026-13')).status).toBe(400)
})

test('a statement for finance: CSV that no spreadsheet runs, and a workbook with the same rows', async () => {
  const csv = await file('commission/statements/LinXiao/file?period=2026-09&format=csv')
  expect(csv.headers['content-disposition']).toBe('attachment; filename="commission-2026-09.csv"')
  expect(csv.body.split('\r\n')).toEqual([
    '\uFEFF导购账号,姓名,归属,订单号,下单日期,发生日期,事项,退款单号,计佣金额(元),比例,规则,规则版本,佣金(元),状态',
    "LinXiao,林晓,销售单,'=1+1,2026-09-02,2026-09-02,计提,,1000,0.05,all,1,50,已确认",
    "LinXiao,林晓,销售单,'=1+1,2026-09-02,2026-09-03,冲销,back,-250,0.05,all,1,-12.5,已确认",
    'LinXiao,林晓,销售单,fresh,2026-09-20,2026-09-20,计提,,200,0.05,all,1,10,待确认',
    '',
  ])
  const workbook = unzipSync((await file('commission/statements/LinXiao/file?period=2026-09&format=xlsx')).rawPayload)
  const sheet = strFromU8(workbook['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(sheet.match(/<row /g)).toHaveLength(4)
  expect(sheet).toContain('<v>-12.5</v>')
  expect(sheet).not.toContain('<f>')
  const all = await file('commission/periods/2026-09/file?format=csv')
  expect(all.body.split('\r\n')).toHaveLength(7)
})

test('a month is closed when it is over, once, and ties out', async () => {
  expect((await r.post('commission/periods/2026-09/close', { by: 'finance' })).body).toMatchObject({
    code: 'period_not_over',
  })
  expect((await r.get('commission/periods/2026-09')).status).toBe(404)
  r.clock.set(new Date('2026-10-02T10:00:00+08:00'))
  // Known a moment before the close, and not worked out yet.
  await r.refund('late', 'fresh', 10_000, { refundedAt: '2026-09-22T10:00:00+08:00' })
  const { body } = await r.post('commission/periods/2026-09/close', { by: 'finance' })
  expect(body).toEqual({
    period: '2026-09',
    closedAt: '2026-10-02T02:00:00.000Z',
    closedBy: 'finance',
    entries: 6,
    total: 5000,
    rows: [
      { guideId: 'ChenChen', sales: 0, service: 750, total: 750 },
      { guideId: 'LinXiao', sales: 4250, service: 0, total: 4250 },
    ],
    difference: 0,
  } satisfies ClosedPeriod)
  r.clock.advance(60_000)
  expect((await r.post('commission/periods/2026-09/close', { by: 'somebody else' })).body).toEqual(body)
  expect((await r.post('commission/periods/2026-08/close', { by: 'finance' })).body).toMatchObject({
    code: 'period_superseded',
  })
  expect((await r.get('audit?subject=2026-09')).body).toMatchObject({ entries: [{ action: 'commission.closed' }] })
  expect((await r.get<CommissionReport>(september)).body.total.sales).toEqual(sums({ settled: 6000, reversed: 1750 }))
  expect((await r.get<Statement>('commission/statements/LinXiao?period=2026-09')).body).toMatchObject({
    state: 'closed',
    total: 4250,
  })
})

test('what comes to light after the close is on the next month’s statement', async () => {
  await r.buy('=1+1', 80_000, {
    placedAt: '2026-09-02T10:00:00+08:00',
    salesGuideId: 'LinXiao',
    serviceGuideId: 'ChenChen',
  })
  await r.work()
  expect((await r.get<Statement>('commission/statements/LinXiao?period=2026-10')).body).toMatchObject({
    state: 'open',
    entries: [{ orderId: '=1+1', kind: 'correction', base: -20_000, amount: -1000, state: 'confirmed' }],
    total: -1000,
  })
  expect((await r.get<Statement>('commission/statements/LinXiao?period=2026-09')).body.total).toBe(4250)
})

test('rules are tried out on a past month before they are published, and nothing is written', async () => {
  const before = await r.db.selectFrom('commissionEntry').selectAll().execute()
  const wish = {
    rules: [{ ruleId: 'all', credit: 'sales', rate: 1000, effectiveFrom: '2027-01-01T00:00:00+08:00' }],
  }
  const { body } = await r.post('commission-rules/simulate', wish)
  expect(body).toEqual({
    from: '2026-08-31T16:00:00.000Z',
    to: '2026-09-30T16:00:00.000Z',
    orders: 2,
    current: { sales: 3250, service: 550 },
    proposed: { sales: 6500, service: 550 },
    rows: [
      { guideId: 'ChenChen', current: { sales: 0, service: 550 }, proposed: { sales: 0, service: 550 } },
      { guideId: 'LinXiao', current: { sales: 3250, service: 0 }, proposed: { sales: 6500, service: 0 } },
    ],
  } satisfies Simulation)
  expect(await r.db.selectFrom('commissionEntry').selectAll().execute()).toEqual(before)
  for (const bad of [
    { ...wish, from: '2026-01-01', to: '2026-12-31' },
    { ...wish, from: '2026-09-01' },
    { rules: [{ ...wish.rules[0], effectiveTo: '2026-01-01T00:00:00+08:00' }] },
    { rules: [] },
  ])
    expect((await r.post('commission-rules/simulate', bad)).body).toMatchObject({ code: 'validation_failed' })
})

test('rules are records: unchanged ones are no version, bad ones are refused by name', async () => {
  const rule = {
    ruleId: 'extra',
    credit: 'sales',
    rate: 300,
    brand: '星河',
    effectiveFrom: '2026-12-01T00:00:00+08:00',
  }
  expect(await r.send('commission-rules', [rule])).toMatchObject({ accepted: 1, unchanged: 0 })
  expect(await r.send('commission-rules', [{ ...rule, effectiveFrom: '2026-11-30T16:00:00Z' }])).toMatchObject({
    unchanged: 1,
  })
  expect(
    await r.send('commission-rules', [
      { ...rule, rate: 400 },
      { ...rule, rate: 300 },
    ]),
  ).toMatchObject({ accepted: 2 })
  const versions = await r.db
    .selectFrom('commissionRule')
    .select(['version', 'rate'])
    .where('ruleId', '=', 'extra')
    .orderBy('version')
    .execute()
  expect(versions).toEqual([
    { version: 1, rate: 300 },
    { version: 2, rate: 400 },
    { version: 3, rate: 300 },
  ])
  const { body } = await r.put('commission-rules', [
    { ...rule, rate: 10_001 },
    { ...rule, store: 'pandora' },
    { ...rule, effectiveTo: '2026-01-01T00:00:00+08:00' },
    { ...rule, credit: 'both' },
  ])
  expect(body.rejected.map(({ code }: { code: string }) => code)).toEqual([
    'invalid_field',
    'unknown_field',
    'invalid_field',
    'invalid_field',
  ])
})

test('those who publish one rule at once each make a version of it', async () => {
  const rates = [10, 20, 30, 40, 50]
  await Promise.all(
    rates.map((rate) =>
      r.send('commission-rules', [
        { ruleId: 'raced', credit: 'sales', rate, effectiveFrom: '2027-01-01T00:00:00+08:00' },
      ]),
    ),
  )
  const versions = await r.db
    .selectFrom('commissionRule')
    .selectAll()
    .where('ruleId', '=', 'raced')
    .orderBy('version')
    .execute()
  expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5])
  expect(versions.map(({ rate }) => rate).sort()).toEqual(rates)
})

test('today’s rules apply to a past period only when asked for, with a reason', async () => {
  await r.pay(600)
  await r.buy('fresh', 20_000, { placedAt: '2026-09-20T10:00:00+08:00', salesGuideId: 'linxiao' })
  await r.work()
  const october = async () => (await r.get<Statement>('commission/statements/LinXiao?period=2026-10')).body.total
  expect(await october()).toBe(-1000)
  const wish = { from: '2026-09-01', to: '2026-10-01', reason: '费率签批补录', by: 'HeadOffice' }
  expect((await r.post('commission-rules/recompute', { ...wish, reason: '' })).status).toBe(400)
  expect((await r.post('commission-rules/recompute', wish)).body).toEqual({ orders: 2 })
  await r.work()
  // 6 % instead of 5 % of ¥550.00 and ¥100.00 that are left.
  expect(await october()).toBe(-1000 + 550 + 100)
  expect((await r.post('commission-rules/recompute', wish)).body).toEqual({ orders: 2 })
  await r.work()
  expect(await october()).toBe(-1000 + 550 + 100)
  expect((await r.get('audit')).body).toMatchObject({ entries: [{ action: 'commission.recomputed' }, {}, {}] })
})
