import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLine, makeOrder } from '../open-api/records.ts'
import { openShop } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'
import { openRetail } from './retail-story.ts'

const r = await openRetail({ wecom: signInWecom(), now: new Date('2026-09-21T10:00:00+08:00') })
afterAll(() => r.t[Symbol.asyncDispose]())

beforeAll(async () => {
  await openShop(r.t)
  await r.pay(500)
  await r.pay(100, { ruleId: 'service', credit: 'service' })
  const both = { salesGuideId: 'LinXiao', serviceGuideId: 'LinXiao', storeId: 'pandora' }
  await r.buy('early', 100_000, { ...both, placedAt: '2026-09-02T10:00:00+08:00' })
  await r.buy('midnight', 20_000, { salesGuideId: 'LinXiao', placedAt: '2026-09-21T00:00:00+08:00' })
  await r.buy('august', 99_900, { salesGuideId: 'LinXiao', placedAt: '2026-08-31T23:59:59+08:00' })
  await r.buy('hers', 99_900, { salesGuideId: 'ChenChen', placedAt: '2026-09-21T09:00:00+08:00' })
  await r.work()
  await r.refund('back', 'early', 30_000, { refundedAt: '2026-09-21T09:00:00+08:00' })
  await r.work()
})

test('a guide sees today and the month, sales and service apart, and nobody else’s', async () => {
  const guide = await signIn(r.t, 'LinXiao')
  expect((await guide.get('/api/earnings')).json()).toEqual({
    month: '2026-09',
    isCurrent: true,
    today: { sales: { amount: 1000 - 1500, orders: 2 }, service: { amount: -300, orders: 1 } },
    ofMonth: {
      sales: { amount: 4500, orders: 2, pending: 1000, confirmed: 5000, settled: 0, reversed: 1500 },
      service: { amount: 700, orders: 1, pending: 0, confirmed: 1000, settled: 0, reversed: 300 },
    },
  })
  const other = await signIn(r.t, 'ZhouMin')
  expect((await other.get('/api/earnings')).json().ofMonth.sales.amount).toBe(0)
})

test('the figure leads to its orders, and each order to its formula', async () => {
  const guide = await signIn(r.t, 'LinXiao')
  const first = { ruleId: 'all', ruleVersion: 1 }
  expect((await guide.get('/api/earnings/orders?credit=sales')).json()).toEqual({
    orders: [
      {
        orderId: 'early',
        placedAt: '2026-09-02T02:00:00.000Z',
        storeName: '万象城潘多拉专柜',
        paidAmount: 100_000,
        amount: 3500,
        state: 'confirmed',
        steps: [
          { at: '2026-09-02T02:00:00.000Z', kind: 'earn', amount: 5000, formula: '¥1,000.00 × 5% = ¥50.00', ...first },
          {
            at: '2026-09-21T01:00:00.000Z',
            kind: 'reversal',
            amount: -1500,
            formula: '−¥300.00 × 5% = −¥15.00',
            ...first,
          },
        ],
      },
      {
        orderId: 'midnight',
        placedAt: '2026-09-20T16:00:00.000Z',
        paidAmount: 20_000,
        amount: 1000,
        state: 'pending',
        steps: [
          { at: '2026-09-20T16:00:00.000Z', kind: 'earn', amount: 1000, formula: '¥200.00 × 5% = ¥10.00', ...first },
        ],
      },
    ],
  })
  const { orders } = (await guide.get('/api/earnings/orders?credit=sales&month=2026-08')).json()
  expect(orders).toMatchObject([{ orderId: 'august', amount: 4995 }])
})

test('a month that is over has its own figures', async () => {
  const guide = await signIn(r.t, 'LinXiao')
  expect((await guide.get('/api/earnings?month=2026-08')).json()).toMatchObject({
    month: '2026-08',
    isCurrent: false,
    today: { sales: { amount: 1000 - 1500 } },
    ofMonth: { sales: { amount: 4995, orders: 1, confirmed: 4995 }, service: { orders: 0 } },
  })
})

test('an order under two rules says which things go by which', async () => {
  await r.pay(1000, { ruleId: 'rings', productId: 'ring' })
  await r.send('orders', [
    makeOrder({
      orderId: 'mixed',
      placedAt: '2026-06-05T10:00:00+08:00',
      salesGuideId: 'LinXiao',
      lines: [
        makeLine({ productId: 'ring', name: '星月戒指', amount: 10_000 }),
        makeLine({ productId: 'p1', name: '天鹅项链', amount: 20_000 }),
      ],
    }),
  ])
  await r.work()
  const guide = await signIn(r.t, 'LinXiao')
  const { orders } = (await guide.get('/api/earnings/orders?credit=sales&month=2026-06')).json()
  expect(orders).toMatchObject([
    {
      paidAmount: 30_000,
      amount: 2000,
      steps: [
        { formula: '¥100.00 × 10% = ¥10.00', ruleId: 'rings', products: ['星月戒指'] },
        { formula: '¥200.00 × 5% = ¥10.00', ruleId: 'all', products: ['天鹅项链'] },
      ],
    },
  ])
})

test('the list goes on where it stopped', async () => {
  await r.send(
    'orders',
    Array.from({ length: 45 }, (_, index) => ({
      orderId: `many-${index}`,
      channel: 'store',
      placedAt: '2026-07-05T10:00:00+08:00',
      salesGuideId: 'LinXiao',
      lines: [{ productId: 'p1', quantity: 1, amount: 1000 }],
    })),
  )
  await r.work()
  const guide = await signIn(r.t, 'LinXiao')
  const seen: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await guide.get(`/api/earnings/orders?credit=sales&month=2026-07${cursor && `&cursor=${cursor}`}`)
    const { orders, nextCursor } = page.json()
    seen.push(...orders.map(({ orderId }: { orderId: string }) => orderId))
    cursor = nextCursor
  }
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(45)
})

test('earnings are for those who are signed in', async () => {
  expect((await r.app.inject({ url: '/api/earnings' })).statusCode).toBe(401)
  expect((await r.app.inject({ url: '/api/earnings/orders?credit=sales' })).statusCode).toBe(401)
})
