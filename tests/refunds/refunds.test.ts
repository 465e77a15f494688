import { markReturned } from '@zhanggui/server/orders/mark-returned.ts'
import { listPurchases } from '@zhanggui/server/orders/purchases.repository.ts'
import { afterAll, expect, test } from 'vitest'
import { makeLine, makeOrder, makeProduct, makeRefund } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const kept = (refundId: string) =>
  t.db.selectFrom('salesRefund').selectAll().where('refundId', '=', refundId).executeTakeFirstOrThrow()
const revisions = (refundId: string) =>
  t.db.selectFrom('salesRefundRevision').selectAll().where('refundId', '=', refundId).orderBy('revision').execute()
const totals = async (externalUserId: string) => (await sender.get<Totals>(`customers/${externalUserId}`)).body.totals
interface Totals {
  totals?: { orders: number; amount: number; refunded: number }
}

test('a refund without an amount gave back what its lines add up to', async () => {
  await sender.put('refunds', [
    makeRefund({ refundId: 'sum', lines: [makeLine({ amount: 100 }), makeLine({ amount: 250 })] }),
    makeRefund({ refundId: 'given', lines: [makeLine({ amount: 100 })], amount: 80 }),
    makeRefund({ refundId: 'nothing', lines: [makeLine({ amount: 100 })], amount: 0 }),
  ])
  const amounts = await Promise.all(['sum', 'given', 'nothing'].map(async (id) => (await kept(id)).amount))
  expect(amounts).toEqual([350, 80, 0])
})

test('a refund that changes replaces its lines, and every version of it is kept, without the phone', async () => {
  const first = makeRefund({ refundId: 'rev', lines: [makeLine(), makeLine({ productId: 'p2' })] })
  const second = makeRefund({
    refundId: 'rev',
    lines: [makeLine({ productId: 'p3', amount: 5 })],
    customer: { phone: '13987654321', memberNo: 'm' },
  })
  for (const version of [first, first, second]) await sender.put('refunds', [version])
  expect(await revisions('rev')).toMatchObject([
    { revision: 1, record: first },
    { revision: 2, record: { ...second, customer: { memberNo: 'm' } } },
  ])
  expect((await kept('rev')).phoneHash).toBe(t.deps.cipher.hash('13987654321'))
  expect(JSON.stringify([await kept('rev'), await revisions('rev')])).not.toContain('13987654321')
  const lines = await t.db.selectFrom('salesRefundLine').selectAll().where('refundId', '=', 'rev').execute()
  expect(lines).toMatchObject([{ lineNo: 1, productId: 'p3', amount: 5 }])
})

const bad: [name: string, fields: object, code: string, detail: string][] = [
  ['an unknown field', { refundID: 'x' }, 'unknown_field', '/refundID is not a field'],
  [
    'an unknown field in a line',
    { lines: [makeLine({ colour: 'red' })] },
    'unknown_field',
    '/lines/0/colour is not a field',
  ],
  ['a negative amount', { amount: -1 }, 'invalid_field', '/amount must be >= 0'],
  ['a negative quantity', { lines: [makeLine({ quantity: -1 })] }, 'invalid_field', '/lines/0/quantity must be >= 1'],
  ['no lines', { lines: [] }, 'invalid_field', '/lines must not have fewer than 1 items'],
  ['a channel nobody knows', { channel: 'fax' }, 'invalid_field', '/channel must be one of store'],
  ['half a phone', { customer: { phone: '1381234****' } }, 'invalid_phone', '/customer/phone must be a mainland'],
]
test.for(bad)('a refund with %s is refused alone', async ([name, fields, code, detail]) => {
  const answer = await sender.put('refunds', [
    makeRefund({ refundId: `good ${name}` }),
    makeRefund({ refundId: `bad ${name}`, ...fields }),
  ])
  expect(answer).toMatchObject({ accepted: 1, rejected: [{ index: 1, id: `bad ${name}`, code }] })
  expect(answer.rejected[0]?.detail).toContain(detail)
})

test('partial refunds add up, and the order says what came back', async () => {
  const customer = { externalUserId: 'wm-partial' }
  await sender.put('products', [makeProduct({ productId: 'swan' })])
  await sender.put('orders', [
    makeOrder({
      orderId: 'partial',
      customer,
      lines: [
        makeLine({ productId: 'swan', quantity: 3, amount: 300 }),
        makeLine({ productId: 'lip', quantity: 1, amount: 50 }),
      ],
      paidAmount: 340,
    }),
    makeOrder({ orderId: 'whole', placedAt: '2026-08-01T10:00:00+08:00', customer, lines: [makeLine({ amount: 70 })] }),
  ])
  const back = (refundId: string, fields: object) => makeRefund({ refundId, orderId: 'partial', ...fields })
  await sender.put('refunds', [
    back('pb1', { lines: [makeLine({ productId: 'swan', quantity: 1, amount: 100 })] }),
    back('pb2', {
      lines: [makeLine({ productId: 'swan', quantity: 1, amount: 100 })],
      amount: 90,
      refundedAt: '2026-09-06T10:00:00+08:00',
      customer: { externalUserId: 'wm-somebody-else' },
    }),
    makeRefund({
      refundId: 'lone',
      customer,
      storeId: 's1',
      refundedAt: '2026-08-15T10:00:00+08:00',
      lines: [makeLine({ amount: 7 })],
    }),
  ])
  expect(await totals('wm-partial')).toMatchObject({ orders: 2, amount: 410, refunded: 197, units: 5 })
  expect((await sender.get('customers/wm-somebody-else')).status).toBe(404)
  expect((await listPurchases(t.db, 'wm-partial', { limit: 20 })).purchases).toMatchObject([
    {
      orderId: 'partial',
      paidAmount: 340,
      lines: [{ productId: 'swan', quantity: 3, returned: 2 }, { productId: 'lip' }],
      refunds: [{ amount: 90 }, { amount: 100 }],
    },
    { orderId: 'lone', isRefund: true, channel: 'store', paidAmount: 7, placedAt: '2026-08-15T02:00:00.000Z' },
    { orderId: 'whole', paidAmount: 70 },
  ])
  const { body } = await sender.get<{ orders: object[] }>('customers/wm-partial/orders')
  expect(body.orders[0]).toMatchObject({
    refunds: [
      { refundId: 'pb1', refundedAt: '2026-09-05T02:00:00.000000Z', amount: 100 },
      { refundId: 'pb2', amount: 90 },
    ],
  })
  expect(body.orders[1]).not.toHaveProperty('refunds')
})

test('orders and lone refunds come page by page, also where both bear one number at one moment', async () => {
  const customer = { externalUserId: 'wm-pages' }
  const at = '2026-09-01T10:00:00.000001Z'
  for (const id of ['one', 'two']) {
    await sender.put('orders', [makeOrder({ orderId: id, placedAt: at, customer })])
    await sender.put('refunds', [makeRefund({ refundId: id, refundedAt: at, customer })])
  }
  const seen: string[] = []
  let before: string | undefined
  do {
    const page = await listPurchases(t.db, 'wm-pages', { limit: 1, ...(before && { before }) })
    seen.push(...page.purchases.map(({ orderId, isRefund }) => `${isRefund ? 'refund' : 'order'} ${orderId}`))
    before = page.nextCursor
  } while (before)
  expect(seen).toEqual(['refund two', 'refund one', 'order two', 'order one'])
})

test('pieces that came back are told on the lines that can hold them', () => {
  const line = (productId: string, quantity: number) => ({ productId, name: productId, quantity, amount: 1 })
  expect(
    markReturned([line('a', 2), line('b', 1), line('a', 2)], { a: 3, c: 9 }).map(({ returned }) => returned),
  ).toEqual([2, undefined, 1])
})
