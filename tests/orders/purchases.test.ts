import { customerTotals, purchaseHabits } from '@zhanggui/server/orders/orders.repository.ts'
import { listPurchases } from '@zhanggui/server/orders/purchases.repository.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeGuide, makeLine, makeOrder, makeProduct, makeStore } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

beforeAll(async () => {
  await sender.put('stores', [makeStore()])
  await sender.put('guides', [makeGuide()])
  await t.db.updateTable('guide').set({ name: '林晓' }).execute()
  await sender.put('products', [
    makeProduct({ productId: 'swan', category: '项链', brand: '星河', imageUrl: 'https://a.example/swan.png' }),
    makeProduct({ productId: 'lip', name: '唇釉', category: '彩妆' }),
  ])
})

const buy = (externalUserId: string, purchases: { at: string; lines: object[]; paidAmount?: number }[]) =>
  sender.put(
    'orders',
    purchases.map(({ at, lines, ...paid }, index) =>
      makeOrder({
        orderId: `${externalUserId}-${index}`,
        placedAt: at,
        lines: lines.map(makeLine),
        customer: { externalUserId },
        ...paid,
      }),
    ),
  )

test('habits appear as soon as there are orders enough to tell them', async () => {
  const habits = async (days: string[]) => {
    const externalUserId = `wm-${days.length}`
    await buy(
      externalUserId,
      days.map((day, index) => ({
        at: `${day}T12:00:00+08:00`,
        lines: [{ productId: 'swan', amount: (index + 1) * 1000 }],
      })),
    )
    return purchaseHabits(t.db, externalUserId)
  }
  const always = {
    unitsPerOrder: 1,
    favouriteCategory: { name: '项链', percent: 100 },
    favouriteBrand: { name: '星河', percent: 100 },
  }
  expect(await purchaseHabits(t.db, 'wm-none')).toBeUndefined()
  expect(await habits(['2026-01-01'])).toEqual(always)
  expect(await habits(['2026-01-01', '2026-01-11'])).toEqual(always)
  expect(await habits(['2026-01-01', '2026-01-11', '2026-03-01'])).toEqual({ ...always, intervalDays: 30 })
  // 1 000, 2 000, 3 000, 4 000: quartiles by interpolation.
  expect(await habits(['2026-01-01', '2026-01-11', '2026-01-21', '2026-06-01'])).toEqual({
    ...always,
    intervalDays: 10,
    usualSpend: { from: 1750, to: 3250 },
  })
})

test('an evening’s orders in Shanghai are one visit, whatever day it is in UTC', async () => {
  const lines = [{}]
  await buy('wm-visits', [
    { at: '2026-01-01T07:30:00+08:00', lines },
    { at: '2026-01-01T20:00:00+08:00', lines },
    { at: '2026-01-04T00:30:00+08:00', lines },
  ])
  expect(await purchaseHabits(t.db, 'wm-visits')).toMatchObject({ intervalDays: 3 })
  await buy(
    'wm-one-visit',
    [0, 1, 2].map((hour) => ({ at: `2026-01-01T1${hour}:00:00+08:00`, lines })),
  )
  expect(await purchaseHabits(t.db, 'wm-one-visit')).not.toHaveProperty('intervalDays')
})

test('a favourite is told by its share of all units, also of those nobody has described', async () => {
  await buy('wm-favourites', [
    {
      at: '2026-01-01T10:00:00Z',
      lines: [
        { productId: 'swan', quantity: 2 },
        { productId: 'lip', quantity: 1 },
        { productId: 'unheard-of', quantity: 3 },
      ],
    },
  ])
  expect(await purchaseHabits(t.db, 'wm-favourites')).toEqual({
    unitsPerOrder: 6,
    favouriteCategory: { name: '项链', percent: 33 },
    favouriteBrand: { name: '星河', percent: 33 },
  })
})

test('purchases name store, guides and products as far as they are known', async () => {
  const order = makeOrder({
    orderId: 'named',
    storeId: 's1',
    salesGuideId: 'linxiao',
    serviceGuideId: 'nobody',
    customer: { externalUserId: 'wm-named' },
    lines: [makeLine({ productId: 'swan' }), makeLine({ productId: 'unheard-of' })],
  })
  await sender.put('orders', [order])
  expect(await listPurchases(t.db, 'wm-named', { limit: 20 })).toEqual({
    purchases: [
      {
        orderId: 'named',
        channel: 'store',
        placedAt: '2026-09-01T02:00:00.000Z',
        storeName: '万象城专柜',
        paidAmount: 259_800,
        lines: [
          { productId: 'swan', name: '天鹅项链', quantity: 1, amount: 129_900, imageUrl: 'https://a.example/swan.png' },
          { productId: 'unheard-of', name: 'unheard-of', quantity: 1, amount: 129_900 },
        ],
        salesGuideName: '林晓',
      },
    ],
  })
})

test('totals add up what was paid', async () => {
  await buy('wm-totals', [
    { at: '2026-01-01T10:00:00Z', lines: [{ quantity: 2, amount: 100 }, { amount: 50 }], paidAmount: 120 },
    { at: '2026-02-01T10:00:00Z', lines: [{ amount: 81 }] },
  ])
  expect(await customerTotals(t.db, 'wm-totals')).toEqual({
    orders: 2,
    units: 4,
    amount: 201,
    refunded: 0,
    averageOrderValue: 101,
    lastOrderAt: '2026-02-01T10:00:00.000Z',
  })
})
