import { tallyDueSales } from '@zhanggui/server/reports/tally-sales.ts'
import { verifyReports } from '@zhanggui/server/reports/verify-reports.ts'
import type { RepurchaseReport, SalesReport } from '@zhanggui/shared/report.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from '../support/properties.ts'
import { type NaiveKey, naiveSales, type Sold } from './naive-sales.ts'
import { openSales, type Sales } from './sales-world.ts'

let s: Sales
beforeAll(async () => {
  s = await openSales({ now: new Date('2026-10-15T10:00:00+08:00') })
})
afterAll(() => s[Symbol.asyncDispose]())

const BRANDS = ['潘多拉', '兰蔻', undefined] as const
const PRODUCTS = ['ring', 'chain', 'cream', 'never-told'] as const
const BYS: readonly NaiveKey[] = ['day', 'channel', 'store', 'guide', 'product', 'brand']

/** From the last evening of July to the first morning of October, in hours that straddle midnight in Shanghai. */
const moment = fc
  .integer({ min: 0, max: 62 * 24 })
  .map((hour) => new Date(Date.parse('2026-07-31T20:00:00+08:00') + hour * 3_600_000))
const lines = fc.array(
  fc.record({
    productId: fc.constantFrom(...PRODUCTS),
    quantity: fc.integer({ min: 1, max: 3 }),
    amount: fc.integer({ min: 0, max: 100_000 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const storeId = fc.constantFrom('north', 'south', undefined)
const channel = fc.constantFrom('store', 'mall', 'live')
const orderId = fc.constantFrom('o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'o8', 'o9')
const order = fc.record({
  kind: fc.constant('orders' as const),
  orderId,
  placedAt: moment,
  channel,
  storeId,
  // wmA under two of her ids, a member who is nobody's friend, a stranger, nobody.
  customer: fc.constantFrom(
    { externalUserId: 'wmA' },
    { memberNo: 'mA' },
    { memberNo: 'mB' },
    { externalUserId: 'wmC' },
    undefined,
  ),
  salesGuideId: fc.constantFrom('LinXiao', 'linxiao', 'ChenChen', 'Unheard', undefined),
  lines,
})
const refund = fc.record({
  kind: fc.constant('refunds' as const),
  refundId: fc.constantFrom('r1', 'r2', 'r3'),
  refundedAt: moment,
  orderId: fc.option(orderId, { nil: undefined }),
  channel: fc.option(channel, { nil: undefined }),
  storeId,
  lines,
})
const member = fc.record({
  kind: fc.constant('members' as const),
  memberNo: fc.constant('mA'),
  externalUserId: fc.constant('wmA'),
})
const rebrand = fc.record({
  kind: fc.constant('products' as const),
  productId: fc.constantFrom('ring', 'chain', 'cream'),
  brand: fc.constantFrom(...BRANDS),
})
const event = fc.oneof(
  { arbitrary: order, weight: 6 },
  { arbitrary: refund, weight: 2 },
  { arbitrary: rebrand, weight: 1 },
  { arbitrary: member, weight: 1 },
  { arbitrary: fc.constant({ kind: 'tally' as const }), weight: 2 },
)
type Event = typeof event extends fc.Arbitrary<infer One> ? One : never

async function happen(one: Event): Promise<void> {
  if (one.kind === 'tally') {
    await s.work()
    await tallyDueSales(s.deps)
    return
  }
  const { kind, ...record } = one
  const named = one.kind === 'products' ? { name: one.productId, price: 100 } : {}
  await s.send(kind, [{ ...record, ...named }])
}

/** Of everything told, what stands in the end. */
function standing(events: readonly Event[]): Sold[] {
  const orders = new Map<string, Extract<Event, { kind: 'orders' }>>()
  const refunds = new Map<string, Extract<Event, { kind: 'refunds' }>>()
  const brands = new Map<string, string | undefined>([
    ['ring', '潘多拉'],
    ['chain', '潘多拉'],
    ['cream', '兰蔻'],
  ])
  let isLinked = false
  for (const one of events) {
    if (one.kind === 'orders') orders.set(one.orderId, one)
    if (one.kind === 'refunds') refunds.set(one.refundId, one)
    if (one.kind === 'products') brands.set(one.productId, one.brand)
    if (one.kind === 'members') isLinked = true
  }
  const linesAt = (given: { productId: string; quantity: number; amount: number }[], store: string) =>
    given.map((line) => ({ ...line, brand: brands.get(line.productId) ?? (store === 'south' ? '兰蔻' : '') }))
  const who = (customer: Extract<Event, { kind: 'orders' }>['customer']) => {
    if (!customer) return null
    if (customer.memberNo === undefined) return customer.externalUserId ?? null
    return customer.memberNo === 'mA' && isLinked ? 'wmA' : customer.memberNo
  }
  return [
    ...[...orders.values()].map(
      (one): Sold => ({
        source: 'order',
        at: one.placedAt,
        buyer: who(one.customer),
        channel: one.channel,
        storeId: one.storeId ?? '',
        guideId: one.salesGuideId?.toLowerCase() ?? '',
        lines: linesAt(one.lines, one.storeId ?? ''),
      }),
    ),
    ...[...refunds.values()].map((one): Sold => {
      const of = one.orderId === undefined ? undefined : orders.get(one.orderId)
      const store = one.storeId ?? of?.storeId ?? ''
      return {
        source: 'refund',
        at: one.refundedAt,
        buyer: null,
        channel: one.channel ?? of?.channel ?? (one.storeId === undefined ? 'other' : 'store'),
        storeId: store,
        guideId: of?.salesGuideId?.toLowerCase() ?? '',
        lines: linesAt(one.lines, store),
      }
    }),
  ]
}

function figuresOf({ orders, buyers, units, amount, refunds, refundAmount }: SalesReport['total']) {
  return { orders, buyers, units, amount, refunds, refundAmount }
}

function byKey(rows: SalesReport['rows'], by: NaiveKey): Map<string, object> {
  return new Map(rows.map((row) => [by === 'guide' ? (row.key ?? '').toLowerCase() : (row.key ?? ''), figuresOf(row)]))
}

function plain(figures: ReturnType<typeof naiveSales>): Map<string, object> {
  return new Map([...figures].map(([key, { repeatBuyers: _, ...row }]) => [key, row]))
}

const period = fc
  .tuple(moment, moment)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }))

test(
  'whatever comes in whatever order, reports are what a plain sum says, and the rows agree',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 5, maxLength: 35 }),
        period,
        fc.boolean(),
        async (events, { from, to }, isWhole) => {
          await s.forgetEverything()
          await s.open()
          for (const one of events) await happen(one)
          const all = standing(events)
          const span = isWhole
            ? { from: new Date('2026-08-01T00:00:00+08:00'), to: new Date('2026-10-01T00:00:00+08:00') }
            : { from, to }
          const query = [span.from.toISOString(), span.to.toISOString()] as const
          for (const by of BYS) {
            const { rows, total } = await s.sales(by, ...query)
            const naive = naiveSales(all, by, span.from, span.to)
            expect(byKey(rows, by)).toEqual(plain(naive))
            const sum = plain(naiveSales(all, 'all', span.from, span.to)).get('all')
            expect(figuresOf(total)).toEqual(
              sum ?? { orders: 0, buyers: 0, units: 0, amount: 0, refunds: 0, refundAmount: 0 },
            )
            const again = await s.get<RepurchaseReport>(`reports/repurchase?from=${query[0]}&to=${query[1]}&by=${by}`)
            expect(
              again.body.rows.map(({ key = '', repeatBuyers }) => [
                by === 'guide' ? key.toLowerCase() : key,
                repeatBuyers,
              ]),
            ).toEqual(
              rows.map(({ key = '' }) => {
                const plainKey = by === 'guide' ? key.toLowerCase() : key
                return [plainKey, naive.get(plainKey)?.repeatBuyers]
              }),
            )
          }
          for (const [tz, hours] of [
            ['Asia/Kolkata', 5.5],
            ['America/Phoenix', -7],
          ] as const) {
            const { rows } = await s.sales('day', ...query, `&tz=${tz}`)
            expect(byKey(rows, 'day')).toEqual(plain(naiveSales(all, 'day', span.from, span.to, hours)))
          }
          const verification = await verifyReports(s.deps)
          expect(verification.parts.flatMap(({ examples }) => examples)).toEqual([])
        },
      ),
      { numRuns: 6, endOnFailure: true },
    ),
  180_000,
)
