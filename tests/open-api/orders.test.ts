import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeLine, makeMember, makeOrder, makeProduct } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const keptOrder = (orderId: string) =>
  t.db.selectFrom('salesOrder').selectAll().where('orderId', '=', orderId).executeTakeFirstOrThrow()
const keptRevisions = (orderId: string) =>
  t.db.selectFrom('salesOrderRevision').selectAll().where('orderId', '=', orderId).orderBy('revision').execute()

test('an order without an amount paid was paid what its lines add up to', async () => {
  await sender.put('orders', [
    makeOrder({ orderId: 'sum', lines: [makeLine({ amount: 100 }), makeLine({ amount: 250 })] }),
    makeOrder({ orderId: 'given', lines: [makeLine({ amount: 100 })], paidAmount: 80 }),
    makeOrder({ orderId: 'free', lines: [makeLine({ amount: 100 })], paidAmount: 0 }),
  ])
  const amounts = await Promise.all(['sum', 'given', 'free'].map(async (id) => (await keptOrder(id)).paidAmount))
  expect(amounts).toEqual([350, 80, 0])
})

test('an order that changes replaces its lines, and every version of it is kept', async () => {
  const first = makeOrder({ orderId: 'rev', lines: [makeLine(), makeLine({ productId: 'p2' })] })
  const second = { ...first, lines: [makeLine({ productId: 'p3', amount: 5 })] }
  for (const version of [first, first, second]) await sender.put('orders', [version])
  expect(await keptRevisions('rev')).toMatchObject([
    { revision: 1, record: first },
    { revision: 2, record: second },
  ])
  const lines = await t.db.selectFrom('salesOrderLine').selectAll().where('orderId', '=', 'rev').execute()
  expect(lines).toMatchObject([{ lineNo: 1, productId: 'p3', amount: 5 }])
})

const sameOrders: [name: string, one: object, other: object][] = [
  ['in another time zone', { placedAt: '2026-09-01T10:00:00+08:00' }, { placedAt: '2026-09-01T02:00:00Z' }],
  ['with its default said', {}, { paidAmount: 129_900 }],
  ['with no coupons said', {}, { coupons: [] }],
  [
    'with another spelling of the phone',
    { customer: { phone: '13812345678' } },
    { customer: { phone: '+86 138-1234-5678' } },
  ],
  [
    'with its fields in another order',
    { lines: [{ productId: 'p', quantity: 1, amount: 2 }] },
    { lines: [{ amount: 2, quantity: 1, productId: 'p' }] },
  ],
]
test.for(sameOrders)('the same order %s is the same order', async ([name, one, other]) => {
  await sender.put('orders', [makeOrder({ orderId: name, ...one })])
  expect(await sender.put('orders', [makeOrder({ orderId: name, ...other })])).toMatchObject({ unchanged: 1 })
})

const otherOrders: [name: string, one: object, other: object][] = [
  ['a microsecond later', { placedAt: '2026-09-01T10:00:00.000001Z' }, { placedAt: '2026-09-01T10:00:00.000002Z' }],
  ['of another customer', { customer: { phone: '13812345678' } }, { customer: { phone: '13812345679' } }],
  [
    'with its lines swapped',
    { lines: [makeLine(), makeLine({ quantity: 2 })] },
    { lines: [makeLine({ quantity: 2 }), makeLine()] },
  ],
]
test.for(otherOrders)('an order %s is another version', async ([name, one, other]) => {
  await sender.put('orders', [makeOrder({ orderId: name, ...one })])
  expect(await sender.put('orders', [makeOrder({ orderId: name, ...other })])).toMatchObject({ accepted: 1 })
})

test('the phone of an order is kept as a keyed hash and nowhere else', async () => {
  await sender.put('orders', [makeOrder({ orderId: 'phone', customer: { phone: '13987654321', memberNo: 'm' } })])
  const order = await keptOrder('phone')
  expect(order.phoneHash).toBe(t.deps.cipher.hash('13987654321'))
  expect(JSON.stringify([order, await keptRevisions('phone')])).not.toContain('13987654321')
  expect(await keptRevisions('phone')).toMatchObject([{ record: { customer: { memberNo: 'm' } } }])
})

test('the orders of a customer come newest first, page by page, to the microsecond', async () => {
  const times = ['10:00:00.000002Z', '10:00:00.000001Z', '10:00:00.000001Z', '09:00:00Z', '10:00:01Z']
  await sender.put(
    'orders',
    times.map((time, index) =>
      makeOrder({ orderId: `page-${index}`, placedAt: `2026-09-01T${time}`, customer: { externalUserId: 'wm-pages' } }),
    ),
  )
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await sender.get<{ orders: { orderId: string }[]; nextCursor?: string }>(
      `customers/wm-pages/orders?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    seen.push(...body.orders.map(({ orderId }) => orderId))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(seen).toEqual(['page-4', 'page-0', 'page-2', 'page-1', 'page-3'])
})

test('an order reads back as it was sent, with the product named', async () => {
  await sender.put('products', [makeProduct({ productId: 'swan', name: '天鹅项链' })])
  const order = makeOrder({
    orderId: 'whole',
    placedAt: '2026-09-01T10:00:00.5+08:00',
    lines: [
      { productId: 'swan', quantity: 1, amount: 90 },
      { productId: 'x', name: '礼盒', quantity: 2, amount: 0, unitPrice: 5 },
    ],
    storeId: 's-unknown',
    salesGuideId: 'LinXiao',
    serviceGuideId: 'ZhaoMin',
    shareToken: 'token',
    coupons: ['code'],
    paidAmount: 80,
  })
  await sender.put('orders', [{ ...order, customer: { externalUserId: 'wm-whole', memberNo: 'm-whole' } }])
  expect(await sender.get('customers/wm-whole/orders')).toEqual({
    status: 200,
    body: {
      orders: [
        {
          ...order,
          memberNo: 'm-whole',
          placedAt: '2026-09-01T02:00:00.500000Z',
          lines: [{ ...order.lines[0], name: '天鹅项链' }, order.lines[1]],
        },
      ],
    },
  })
})

test.for(['x', 'bm9wZQ', Buffer.from("2026-99-01T00:00:00.000000Z ' or 1=1").toString('base64url')])(
  'a cursor made up is refused: %s',
  async (cursor) => {
    await sender.put('members', [makeMember({ memberNo: 'm-cursor', externalUserId: 'wm-cursor' })])
    expect(await sender.get(`customers/wm-cursor/orders?cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    })
  },
)
