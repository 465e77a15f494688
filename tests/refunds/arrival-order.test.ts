import { listPurchases } from '@zhanggui/server/orders/purchases.repository.ts'
import { afterAll, expect, test } from 'vitest'
import { makeLine, makeMember, makeOrder, makeProduct, makeRefund, makeStore } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'
import fc from '../support/properties.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const lines = (x: string) => [makeLine({ productId: `p${x}` })]

/** One mall's story; `x` keeps the stories of the runs apart. */
const story = (x: string): [kind: string, record: object][] => [
  ['stores', makeStore({ storeId: `s${x}` })],
  ['products', makeProduct({ productId: `p${x}`, name: '天鹅项链' })],
  ['members', makeMember({ memberNo: `m${x}`, externalUserId: `wmA${x}`, phone: `138${x.padStart(8, '0')}` })],
  ['members', makeMember({ memberNo: `n${x}`, externalUserId: `wmB${x}`, unionId: `u${x}` })],
  [
    'orders',
    makeOrder({
      orderId: `o${x}`,
      storeId: `s${x}`,
      customer: { memberNo: `m${x}` },
      lines: [makeLine({ productId: `p${x}`, quantity: 2, amount: 300 })],
    }),
  ],
  [
    'orders',
    makeOrder({ orderId: `q${x}`, customer: { phone: `138${x.padStart(8, '0')}` }, lines: lines(x), paidAmount: 40 }),
  ],
  // Says another customer than its order does: the order's counts.
  [
    'refunds',
    makeRefund({
      refundId: `r${x}`,
      orderId: `o${x}`,
      customer: { unionId: `u${x}` },
      lines: [makeLine({ productId: `p${x}`, amount: 150 })],
    }),
  ],
  ['refunds', makeRefund({ refundId: `l${x}`, customer: { unionId: `u${x}` }, lines: lines(x), amount: 9 })],
  [
    'refunds',
    makeRefund({
      refundId: `z${x}`,
      orderId: 'never comes',
      customer: { memberNo: `m${x}` },
      lines: lines(x),
      amount: 5,
    }),
  ],
]
const names = story('').map((_, index) => index)

let runs = 0
const stateAfter = async (order: readonly number[]) => {
  const x = String(++runs)
  const records = story(x)
  for (const index of order) {
    const entry = records[index]
    if (entry) expect(await sender.put(entry[0], [entry[1]])).toMatchObject({ rejected: [] })
  }
  const state = []
  for (const id of [`wmA${x}`, `wmB${x}`]) {
    const { body } = await sender.get<{ totals: object }>(`customers/${id}`)
    const { purchases } = await listPurchases(t.db, id, { limit: 20 })
    state.push({ totals: body.totals, purchases })
  }
  return JSON.parse(JSON.stringify(state).replaceAll(new RegExp(`(?<=[a-zA-Z])${x}(?=")`, 'g'), ''))
}

test('whatever arrives first, late or twice, the state is the same in the end', async () => {
  const expected = await stateAfter(names)
  expect(expected).toMatchObject([
    { totals: { orders: 2, amount: 340, refunded: 155 }, purchases: { length: 3 } },
    { totals: { orders: 0, amount: 0, refunded: 9 }, purchases: { length: 1 } },
  ])
  const shuffled = fc.shuffledSubarray(names, { minLength: names.length })
  const repeated = fc.array(fc.constantFrom(...names), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(repeated, shuffled, repeated, async (before, all, after) => {
      expect(await stateAfter([...before, ...all, ...after])).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})
