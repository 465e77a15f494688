import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRetail } from '../commission/retail-story.ts'
import { befriend, openShop } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

const r = await openRetail({ wecom: signInWecom() })
afterAll(() => r.t[Symbol.asyncDispose]())

const wish = { credit: 'sales', guideId: 'ChenChen', reason: '是陈晨接待的', by: 'boss' }
let count = 0
let orderId = ''

beforeAll(async () => {
  await openShop(r.t)
  await r.pay(500)
})
beforeEach(async () => {
  orderId = `o${count++}`
  await r.buy(orderId, 10_000, { storeId: 'pandora', salesGuideId: 'LinXiao' })
})

const correct = (over: object = {}) => r.post(`orders/${orderId}/attribution-corrections`, { ...wish, ...over })
const credited = async () => {
  const entries = await r.db.selectFrom('commissionEntry').selectAll().where('orderId', '=', orderId).execute()
  const sums = new Map<string, number>()
  for (const { guideUserId, amount } of entries) sums.set(guideUserId, (sums.get(guideUserId) ?? 0) + amount)
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0))
}

test('a correction counts at once, keeps both sides on record and leaves an audit entry', async () => {
  const { status, body } = await correct()
  expect(status).toBe(200)
  expect(body.versions).toMatchObject([
    { version: 1, cause: 'placed', sales: { guideId: 'LinXiao', why: 'till' } },
    {
      version: 2,
      cause: 'correction',
      sales: { guideId: 'ChenChen', why: 'correction' },
      reason: wish.reason,
      by: 'boss',
    },
  ])
  expect(await credited()).toEqual({ ChenChen: 500 })
  expect((await r.get(`orders/${orderId}/attribution`)).body).toEqual(body)
  expect((await r.get(`audit?subject=${orderId}`)).body).toMatchObject({
    entries: [
      {
        actor: 'api:till',
        action: 'order.attribution_corrected',
        reason: wish.reason,
        detail: { credit: 'sales', from: 'LinXiao', to: 'ChenChen', by: 'boss' },
      },
    ],
  })
})

test('a correction can be corrected, and can say that nobody is credited', async () => {
  await correct()
  await correct({ guideId: null })
  expect(await credited()).toEqual({})
  await correct({ guideId: 'linxiao' })
  expect(await credited()).toEqual({ LinXiao: 500 })
})

test('what the till sends afterwards changes the money, not who was ruled to have sold', async () => {
  await correct()
  await r.buy(orderId, 20_000, { storeId: 'pandora', salesGuideId: 'ZhouMin' })
  await r.work()
  expect(await credited()).toEqual({ ChenChen: 1000 })
})

test.for<[says: string, over: object, path: string | undefined, status: number, code: string]>([
  ['an order nobody has sent', {}, 'orders/no-such-order/attribution-corrections', 404, 'order_unknown'],
  ['a guide nobody knows', { guideId: 'Nobody' }, undefined, 404, 'guide_unknown'],
  ['the guide who is credited already', { guideId: 'LinXiao' }, undefined, 409, 'attribution_unchanged'],
  ['a correction without a reason', { reason: ' ' }, undefined, 400, 'validation_failed'],
  ['a correction of nothing', { credit: 'all' }, undefined, 400, 'validation_failed'],
])('%s is refused and changes nothing', async ([, over, path, status, code]) => {
  await r.work()
  const answer = await r.post(path ?? `orders/${orderId}/attribution-corrections`, { ...wish, ...over })
  expect(answer).toMatchObject({ status, body: { code } })
  expect(await credited()).toEqual({ LinXiao: 500 })
})

test('the same correction asked for twice under one Idempotency-Key is one', async () => {
  const ask = () =>
    r.app.inject({
      method: 'POST',
      url: `/open/v1/orders/${orderId}/attribution-corrections`,
      headers: { authorization: 'Bearer till-key-0123456789', 'idempotency-key': `key-${orderId}` },
      payload: wish,
    })
  const [first, second] = [await ask(), await ask()]
  expect(second.json()).toEqual(first.json())
  expect(await r.db.selectFrom('orderAttribution').selectAll().where('orderId', '=', orderId).execute()).toHaveLength(2)
})

test('a guide may neither look nor decide; a manager within the own store; HQ everywhere', async () => {
  await r.work()
  const path = `/api/orders/${orderId}/attribution`
  const { by: _, ...decision } = wish
  const guide = await signIn(r.t, 'LinXiao')
  expect((await guide.get(path)).json().code).toBe('forbidden')
  expect((await guide.post(`${path}-corrections`, decision)).json().code).toBe('forbidden')

  const manager = await signIn(r.t, 'ZhouMin')
  expect((await manager.get(path)).json().versions).toHaveLength(1)
  expect((await manager.post(`${path}-corrections`, decision)).json()).toMatchObject({
    versions: [{ version: 1 }, { version: 2, by: 'ZhouMin' }],
  })

  await r.buy('elsewhere', 10_000, { storeId: 'lancome', salesGuideId: 'ChenChen' })
  await r.work()
  const elsewhere = '/api/orders/elsewhere/attribution'
  expect((await manager.get(elsewhere)).json().code).toBe('not_your_store')
  expect((await manager.post(`${elsewhere}-corrections`, { ...decision, guideId: 'LinXiao' })).json().code).toBe(
    'not_your_store',
  )
  const hq = await signIn(r.t, 'HeadOffice')
  expect((await hq.post(`${elsewhere}-corrections`, { ...decision, guideId: 'LinXiao' })).statusCode).toBe(200)
})

test('of an order of no store a manager decides among the own store’s guides only', async () => {
  await befriend(r.t, { guideUserId: 'LinXiao', externalUserId: 'wmMall' })
  r.clock.advance(60_000)
  const placedAt = r.clock.now().toISOString()
  const { by: _, ...decision } = wish
  await r.buy('mall', 10_000, { channel: 'mall', placedAt, customer: { externalUserId: 'wmMall' } })
  await r.work()
  const manager = await signIn(r.t, 'ZhouMin')
  const decide = (guideId: string) => manager.post('/api/orders/mall/attribution-corrections', { ...decision, guideId })
  expect((await decide('ChenChen')).json().code).toBe('not_your_store')
  expect((await decide('ZhouMin')).json().versions).toMatchObject([{ sales: { why: 'owner' } }, { by: 'ZhouMin' }])
  const stranger = 'stranger'
  await r.buy(stranger, 10_000, { channel: 'mall' })
  await r.work()
  expect((await manager.get(`/api/orders/${stranger}/attribution`)).json().code).toBe('not_your_store')
})
