import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import {
  makeCoupon,
  makeGuide,
  makeLine,
  makeMember,
  makeOrder,
  makeProduct,
  makeRefund,
  makeRule,
  makeStore,
} from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
beforeAll(() => sender.put('stores', [makeStore()]))

const SIZE = 500
const phoneOf = (index: number) => `138${String(index).padStart(8, '0')}`
const kinds: Record<string, (index: number) => object> = {
  stores: (i) =>
    makeStore({ storeId: `s-${i}`, kind: 'counter', latitude: 22.5 + i / 1e4, address: `深南大道 ${i} 号` }),
  guides: (i) => makeGuide({ userId: `Guide-${i}`, role: i % 10 === 0 ? 'manager' : 'guide' }),
  products: (i) =>
    makeProduct({
      productId: `p-${i}`,
      brand: '星河',
      category: '项链',
      miniProgram: { appId: 'wx1', page: `pages/${i}` },
      stock: [
        { storeId: 's1', quantity: i },
        { storeId: 'later', quantity: 1 },
      ],
    }),
  members: (i) =>
    makeMember({
      memberNo: `m-${i}`,
      externalUserId: `wm-${i}`,
      unionId: `u-${i}`,
      phone: phoneOf(i),
      name: '王女士',
      birthday: '1990-02-28',
      tier: '金卡',
      points: i,
      storedValue: i * 100,
      ...(i % 2 && { joinedAt: '2020-01-01T00:00:00.123456+08:00' }),
    }),
  orders: (i) =>
    makeOrder({
      orderId: `o-${i}`,
      lines: [makeLine(), makeLine({ productId: 'p2', name: '手链', unitPrice: 5_000, quantity: 2, amount: 10_000 })],
      customer: { phone: phoneOf(i), memberNo: `m-${i}` },
      coupons: [`code-${i}`],
      salesGuideId: 'LinXiao',
    }),
  refunds: (i) =>
    makeRefund({
      refundId: `r-${i}`,
      orderId: `o-${i}`,
      customer: { phone: phoneOf(i), memberNo: `m-${i}` },
      storeId: 's1',
    }),
  coupons: (i) => makeCoupon({ couponId: `c-${i}`, stock: 100, storeIds: ['s1', 's2'] }),
  'welcome-rules': (i) =>
    makeRule({
      ruleId: `r-${i}`,
      match: { states: [`state-${i}`], from: '21:00', to: '09:00' },
      attachments: [{ msgtype: 'image', image: { url: `https://a.example/${i}.png` } }],
    }),
}
const tables = Object.entries(kinds).map(([kind, make]) => ({ kind, make }))

test.for(tables)('the same 500 $kind sent twice change nothing the second time', async ({ kind, make }) => {
  const batch = Array.from({ length: SIZE }, (_, index) => make(index))
  expect(await sender.put(kind, batch)).toEqual({ accepted: SIZE, unchanged: 0, rejected: [] })
  t.clock.advance(60_000)
  expect(await sender.put(kind, batch)).toEqual({ accepted: 0, unchanged: SIZE, rejected: [] })
})

test.for(tables)('two senders with the same 500 $kind at once write each of them once', async ({ kind, make }) => {
  const batch = Array.from({ length: SIZE }, (_, index) => make(1000 + index))
  const answers = await Promise.all([sender.put(kind, batch), sender.put(kind, [...batch].reverse())])
  const total = (part: 'accepted' | 'unchanged') => answers.reduce((sum, answer) => sum + answer[part], 0)
  expect({ accepted: total('accepted'), unchanged: total('unchanged') }).toEqual({ accepted: SIZE, unchanged: SIZE })
  expect(answers.flatMap(({ rejected }) => rejected)).toEqual([])
})

test.for(tables)('one changed record among 500 $kind is the only one written', async ({ kind, make }) => {
  const batch = Array.from({ length: SIZE }, (_, index) => make(2000 + index))
  await sender.put(kind, batch)
  const field: Record<string, object> = {
    guides: { role: 'manager' },
    members: { points: 7 },
    orders: { paidAmount: 1 },
    refunds: { amount: 1 },
    coupons: { stock: 7 },
    'welcome-rules': { priority: 7 },
  }
  const changed = batch.with(123, { ...batch[123], ...(field[kind] ?? { name: '新名' }) })
  expect(await sender.put(kind, changed)).toEqual({ accepted: 1, unchanged: SIZE - 1, rejected: [] })
})

test('no phone number sent ever reaches the log', () => {
  expect(t.logs.length).toBeGreaterThan(20)
  expect(t.logs.join('')).not.toMatch(/138\d{8}|王女士|code-\d/)
})
