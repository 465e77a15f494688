import type { UnmatchedPage } from '@zhanggui/shared/identity.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMember, makeOrder, makeRefund } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'
import { befriend, openShop, unfriend } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

const t = await testApp({ wecom: signInWecom() })
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
beforeAll(async () => {
  await openShop(t)
  await befriend(t)
})

const unmatched = async () => (await sender.get<UnmatchedPage>('unmatched')).body.entries.map(({ id }) => id)
const totals = async (id = 'wmAnna') => (await sender.get<{ totals: object }>(`customers/${id}`)).body.totals
const orders = '/api/customers/wmAnna/orders'

test('what means nobody waits, newest first, and is matched the moment the identity appears', async () => {
  await sender.put('orders', [
    makeOrder({ orderId: 'walk-in', placedAt: '2026-09-01T10:00:00Z', paidAmount: 5 }),
    makeOrder({ orderId: 'later', placedAt: '2026-09-02T10:00:00Z', customer: { memberNo: 'm-later' } }),
    makeOrder({ orderId: 'known', customer: { externalUserId: 'wmAnna' } }),
  ])
  await sender.put('refunds', [
    makeRefund({ refundId: 'later-back', refundedAt: '2026-09-03T10:00:00Z', orderId: 'later', amount: 3 }),
    makeRefund({ refundId: 'alone', refundedAt: '2026-08-03T10:00:00Z', customer: { unionId: 'u-nobody' } }),
  ])
  const { body } = await sender.get<UnmatchedPage>('unmatched')
  expect(body.entries).toMatchObject([
    { kind: 'refund', id: 'later-back', orderId: 'later', amount: 3, reason: 'anonymous' },
    { kind: 'order', id: 'later', memberNo: 'm-later', reason: 'unknown', at: '2026-09-02T10:00:00.000000Z' },
    { kind: 'order', id: 'walk-in', amount: 5, channel: 'store', reason: 'anonymous' },
    { kind: 'refund', id: 'alone', unionId: 'u-nobody', reason: 'unknown' },
  ])
  await sender.put('members', [makeMember({ memberNo: 'm-later', externalUserId: 'wm-later' })])
  expect(await unmatched()).toEqual(['walk-in', 'alone'])
  expect(await totals('wm-later')).toMatchObject({ orders: 1, refunded: 3 })
  const first = await sender.get<UnmatchedPage>('unmatched?limit=1')
  const second = await sender.get<UnmatchedPage>(`unmatched?limit=1&cursor=${first.body.nextCursor}`)
  expect([first, second].map((page) => page.body.entries.map(({ id }) => id))).toEqual([['walk-in'], ['alone']])
  expect(second.body).not.toHaveProperty('nextCursor')
})

test('a guide binds an order to the customer in front of her, once; a manager undoes it', async () => {
  await sender.put('orders', [makeOrder({ orderId: 'receipt', paidAmount: 700 })])
  await sender.put('refunds', [makeRefund({ refundId: 'receipt-back', orderId: 'receipt', amount: 100 })])
  const lin = await signIn(t, 'LinXiao')
  const zhou = await signIn(t, 'ZhouMin')
  const before = await totals()
  expect((await lin.post(orders, { orderId: 'receipt' })).json()).toEqual({
    orderId: 'receipt',
    externalUserId: 'wmAnna',
  })
  expect(await totals()).toMatchObject({ orders: 2, refunded: 100 })
  expect(await unmatched()).not.toContain('receipt')
  const { purchases } = (await lin.get(orders)).json()
  expect(purchases.find(({ orderId }: { orderId: string }) => orderId === 'receipt')).toMatchObject({
    boundBy: { userId: 'LinXiao', name: '林晓' },
    refunds: [{ amount: 100 }],
  })
  expect((await lin.post(orders, { orderId: 'receipt' })).json()).toMatchObject({ code: 'order_already_matched' })
  const undo = { orderId: 'receipt', reason: '小票是别人的' }
  expect((await lin.post(`${orders}/undo`, undo)).json()).toMatchObject({ status: 403, code: 'forbidden' })
  expect((await zhou.post(`${orders}/undo`, undo)).statusCode).toBe(200)
  expect(await totals()).toEqual(before)
  expect(await unmatched()).toContain('receipt')
  expect((await zhou.post(`${orders}/undo`, undo)).json()).toMatchObject({ code: 'order_not_bound' })
  const { body } = await sender.get<{ entries: object[] }>('audit?subject=wmAnna')
  expect(body.entries).toMatchObject([
    { action: 'order.unbound', actor: 'ZhouMin', detail: { orderId: 'receipt', boundBy: 'LinXiao' } },
    { action: 'order.bound', actor: 'LinXiao', detail: { orderId: 'receipt' } },
  ])
})

test('nobody binds what is somebody’s, what is not there, or for a customer who is not theirs', async () => {
  await sender.put('orders', [makeOrder({ orderId: 'free' })])
  const lin = await signIn(t, 'LinXiao')
  const codeOf = async (by: typeof lin, orderId: string, path = orders) =>
    (await by.post(path, { orderId })).json().code
  expect(await codeOf(lin, 'known')).toBe('order_already_matched')
  expect(await codeOf(lin, 'no such order')).toBe('order_unknown')
  expect(await codeOf(await signIn(t, 'ChenChen'), 'free')).toBe('customer_not_visible')
  // A manager sees the store's customers, but is no friend of this one.
  expect(await codeOf(await signIn(t, 'ZhouMin'), 'free')).toBe('not_a_friend')
  await befriend(t, { externalUserId: 'wmGone' })
  await unfriend(t, { externalUserId: 'wmGone' })
  expect(await codeOf(lin, 'free', '/api/customers/wmGone/orders')).toBe('customer_not_visible')
})

test('of two guides who bind one order at once, one does', async () => {
  await befriend(t, { guideUserId: 'ChenChen', externalUserId: 'wmBella' })
  await sender.put('orders', [makeOrder({ orderId: 'contested' })])
  const [lin, chen] = [await signIn(t, 'LinXiao'), await signIn(t, 'ChenChen')]
  const answers = await Promise.all([
    lin.post(orders, { orderId: 'contested' }),
    chen.post('/api/customers/wmBella/orders', { orderId: 'contested' }),
  ])
  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
})

test('ids that come to mean another customer than the guide said are a conflict, and hers stands meanwhile', async () => {
  await sender.put('orders', [makeOrder({ orderId: 'bound', customer: { memberNo: 'm-other' } })])
  const lin = await signIn(t, 'LinXiao')
  expect((await lin.post(orders, { orderId: 'bound' })).statusCode).toBe(200)
  await sender.put('members', [makeMember({ memberNo: 'm-other', externalUserId: 'wm-other' })])
  const { body } = await sender.get<{ conflicts: object[] }>('identity-conflicts')
  expect(body.conflicts).toMatchObject([
    {
      subject: 'bound',
      provisional: 'wmAnna',
      sides: [
        { externalUserId: 'wm-other', evidence: [{ by: 'member_no', told: 'crm' }] },
        { externalUserId: 'wmAnna', evidence: [{ by: 'binding', told: 'LinXiao' }] },
      ],
    },
  ])
})
