import { basesOf, givenBack, type Refund } from '@zhanggui/server/commission/bases.ts'
import type { Pick } from '@zhanggui/server/commission/commission.table.ts'
import { entriesFor } from '@zhanggui/server/commission/entries.ts'
import { type Due, type OrderMoney, owedFor } from '@zhanggui/server/commission/owed.ts'
import { shareOf, spread } from '@zhanggui/server/commission/spread.ts'
import { expect, test } from 'vitest'
import fc from '../support/properties.ts'

const fen = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000_000_000_000 }))
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)

test('parts add up to the whole, and none is a fen away from its share', () =>
  fc.assert(
    fc.property(fen, fc.array(fen, { minLength: 1, maxLength: 30 }), (total, weights) => {
      const parts = spread(total, weights)
      expect(sum(parts)).toBe(total)
      const all = sum(weights)
      if (all === 0) return
      for (const [index, part] of parts.entries()) {
        const exact = (BigInt(total) * BigInt(weights[index] ?? 0)) / BigInt(all)
        expect(BigInt(part) - exact).toBeGreaterThanOrEqual(0n)
        expect(BigInt(part) - exact).toBeLessThanOrEqual(1n)
      }
    }),
  ))

test.for<[total: number, weights: number[], parts: number[]]>([
  [100, [1, 1, 1], [34, 33, 33]],
  [1, [0, 0], [1, 0]],
  [5, [1, 0, 3], [1, 0, 4]],
  [0, [3, 4], [0, 0]],
  [7, [], []],
  [999_999_999_999, [1, 1_000_000_000_000], [1, 999_999_999_998]],
])('%s by %o', ([total, weights, parts]) => {
  expect(spread(total, weights)).toEqual(parts)
})

test.for<[base: number, rate: number, amount: number]>([
  [999, 500, 50],
  [10, 500, 1],
  [9, 500, 0],
  [1_000_000_000_000, 10_000, 1_000_000_000_000],
  [999_999_999_999, 9_999, 999_899_999_999],
])('%s fen at %s basis points', ([base, rate, amount]) => {
  expect(shareOf(base, rate)).toBe(amount)
})

const line = (productId: string, amount: number) => ({ productId, amount })

test.for<[says: string, amounts: number[], paid: number, bases: number[]]>([
  ['paid in full', [600, 400], 1000, [600, 400]],
  ['a coupon lowers each line by its share', [600, 400], 900, [540, 360]],
  ['to the whole fen', [1, 1, 1], 2, [1, 1, 0]],
  ['freight is beyond the lines', [600, 400], 1012, [600, 400]],
  ['a gift earns nothing', [1000, 0], 900, [900, 0]],
  ['all of it given away', [0, 0], 0, [0, 0]],
])('what was received for each line: %s', ([, amounts, paid, bases]) => {
  expect(
    basesOf(
      amounts.map((amount) => line('p', amount)),
      paid,
    ),
  ).toEqual(bases)
})

const refund = (amount: number, ...lines: { productId: string; amount: number }[]) => ({ amount, lines })
test.for<[says: string, refunds: ReturnType<typeof refund>[], back: number[]]>([
  ['of the product it names', [refund(400, line('b', 400))], [0, 0, 400]],
  ['of the first line of a product, then the next', [refund(700, line('a', 700))], [600, 100, 0]],
  ['less than the lines say, when less was paid back', [refund(500, line('a', 600), line('b', 400))], [300, 0, 200]],
  ['beyond its product, of the others', [refund(600, line('b', 600))], [150, 50, 400]],
  ['of a product that was never sold, of all', [refund(300, line('z', 300))], [150, 50, 100]],
  ['never more than there was', [refund(9000, line('a', 9000))], [600, 200, 400]],
])('what a refund gives back: %s', ([, refunds, back]) => {
  const lines = [line('a', 600), line('a', 200), line('b', 400)]
  expect(givenBack(lines, [600, 200, 400], refunds)).toEqual(back)
})

// An order and everything that happens to it, each step told anew.
const products = ['a', 'b', 'c']
const someLines = fc.array(
  fc.record({ productId: fc.constantFrom(...products), amount: fc.integer({ min: 0, max: 5_000 }) }),
  { minLength: 1, maxLength: 5 },
)
const someRefund = fc.record({ amount: fc.integer({ min: 0, max: 6_000 }), lines: someLines })
const someRefunds = fc
  .array(someRefund, { maxLength: 5 })
  .map((refunds) =>
    refunds.map(
      (one, index): Refund => ({ ...one, refundId: `r${index}`, refundedAt: new Date(Date.UTC(2026, 8, index + 1)) }),
    ),
  )
const somePicks = fc
  .array(
    fc.record({
      productId: fc.constantFrom(...products),
      credit: fc.constantFrom('sales' as const, 'service' as const),
      ruleId: fc.constantFrom('one', 'two'),
      version: fc.constant(1),
    }),
    { maxLength: 6 },
  )
  .map((picks) => {
    const first = new Map(picks.map((pick): [string, Pick] => [`${pick.productId} ${pick.credit}`, pick]))
    return [...first.values()].map((pick) => ({ ...pick, rate: pick.ruleId === 'one' ? 333 : 1_250 }))
  })
const someGuide = fc.constantFrom('LinXiao', 'ZhouMin', null)
const someOrder: fc.Arbitrary<OrderMoney> = fc.record({
  lines: someLines,
  paidAmount: fc.integer({ min: 0, max: 20_000 }),
  refunds: someRefunds,
  picks: somePicks,
  guides: fc.record({ sales: someGuide, service: someGuide }),
})

/** The ledger of an order: entries added up as the repository does. */
function addUp(entries: readonly Due[]): Due[] {
  const sums = new Map<string, Due>()
  for (const entry of entries) {
    const key = JSON.stringify([entry.guideId, entry.credit, entry.ruleId, entry.refundId])
    const held = sums.get(key)
    sums.set(key, held ? { ...held, base: held.base + entry.base, amount: held.amount + entry.amount } : entry)
  }
  return [...sums.values()]
}
const moments = { placedAt: new Date(0), refundedAt: new Map<string, Date>(), now: new Date(1) }
const plain = (dues: readonly Due[]) =>
  addUp(dues)
    .filter(({ base, amount }) => base !== 0 || amount !== 0)
    .map((due) =>
      JSON.stringify(
        Object.entries(due)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .filter(([key]) => !['kind', 'occurredAt'].includes(key)),
      ),
    )
    .sort()

test('whatever an order goes through, its entries add up to what is owed at the end', () =>
  fc.assert(
    fc.property(fc.array(someOrder, { minLength: 1, maxLength: 6 }), (states) => {
      const ledger: Due[] = []
      for (const state of states) {
        const owed = owedFor(state)
        ledger.push(...entriesFor(owed, addUp(ledger), moments))
        expect(plain(ledger)).toEqual(plain(owed))
        expect(entriesFor(owed, addUp(ledger), moments)).toEqual([])
      }
    }),
    { numRuns: 300 },
  ))

test('refunds come to the same in any order', () =>
  fc.assert(
    fc.property(
      someOrder.chain((order) =>
        fc.record({
          order: fc.constant(order),
          shuffled: fc.shuffledSubarray([...order.refunds], { minLength: order.refunds.length }),
        }),
      ),
      ({ order, shuffled }) => {
        const left = (refunds: readonly Refund[]) => {
          const dues = owedFor({ ...order, refunds })
          return [sum(dues.map(({ amount }) => amount)), sum(dues.map(({ base }) => base))]
        }
        expect(left(shuffled)).toEqual(left(order.refunds))
      },
    ),
    { numRuns: 300 },
  ))

test('an order that is refunded in full, however split, earns nobody a fen', () =>
  fc.assert(
    fc.property(
      someOrder,
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 7 }),
      (order, weights) => {
        const base = sum(basesOf(order.lines, order.paidAmount))
        const refunds = spread(base, weights).map((amount, index) => ({
          refundId: `r${index}`,
          refundedAt: new Date(0),
          amount,
          lines: order.lines,
        }))
        const left = addUp(owedFor({ ...order, refunds }).map((due) => ({ ...due, refundId: null })))
        expect(left.filter(({ base, amount }) => base !== 0 || amount !== 0)).toEqual([])
      },
    ),
    { numRuns: 300 },
  ))

test('a refund never pays a guide', () =>
  fc.assert(
    fc.property(someOrder, (order) => {
      const earned = owedFor({ ...order, refunds: [] })
      const now = addUp(owedFor(order).map((due) => ({ ...due, refundId: null })))
      for (const due of now) {
        expect(due.amount).toBeGreaterThanOrEqual(0)
        const before = earned.find((one) => one.credit === due.credit && one.ruleId === due.ruleId)
        expect(due.amount).toBeLessThanOrEqual(before?.amount ?? 0)
      }
    }),
  ))
