import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeLine, makeOrder } from '../open-api/records.ts'
import { befriend, put } from '../support/shop.ts'
import { signIn } from '../support/sign-in.ts'
import { events, mistype, openCounter } from './counter.ts'

const reason = '顾客当场换了一件'

test('a manager undoes a redemption of the day with a reason; the code works again, and the audit knows', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  await till.redeem(code, { orderId: 'o1' })
  t.clock.set(new Date('2026-09-21T23:59:59+08:00'))
  const undone = await till.post('/coupons/undo-redemption', { code, reason, by: 'zhoumin' })
  expect(undone.json()).toEqual({ code, undoneAt: '2026-09-21T15:59:59.000Z' })
  expect((await till.get('/audit?subject=wmAnna')).json().entries).toMatchObject([
    { actor: 'api:till', action: 'coupon.undone', reason, detail: { couponId: 'save100', storeId: 'pandora' } },
  ])
  expect((await till.post('/coupons/undo-redemption', { code, reason, by: 'ZhouMin' })).json().code).toBe(
    'coupon_not_redeemed',
  )
  expect((await till.redeem(code, { orderId: 'o1' })).statusCode).toBe(200)
  expect((await events(t, code)).map(({ what }) => what)).toEqual(['issued', 'redeemed', 'undone', 'redeemed'])
})

test('the card tells what became of a coupon, and an order which coupon it was bought with', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  await befriend(t)
  await put(t, 'orders', [
    makeOrder({ orderId: 'o1', customer: { externalUserId: 'wmAnna' }, lines: [makeLine({ amount: 100_000 })] }),
  ])
  const code = await till.issue()
  await till.redeem(code, { orderId: 'o1', guideId: 'LinXiao' })
  const lin = await signIn(t, 'LinXiao')
  const { purchases } = (await lin.get('/api/customers/wmAnna/orders')).json()
  expect(purchases).toMatchObject([{ orderId: 'o1', coupons: ['满 999 减 100'] }])
  t.clock.advance(60_000)
  await till.post('/coupons/undo-redemption', { code, reason, by: 'ZhouMin' })
  const { timeline } = (await lin.get('/api/customers/wmAnna')).json()
  const told = timeline.filter(({ kind }: { kind: string }) => kind === 'coupon')
  expect(told.map(({ title, detail }: { title: string; detail?: string }) => [title, detail])).toEqual([
    ['撤销了优惠券「满 999 减 100」的核销', reason],
    ['用了优惠券「满 999 减 100」', '万象城潘多拉专柜 · 你核销'],
    ['系统发了优惠券「满 999 减 100」', undefined],
  ])
  expect((await lin.get('/api/customers/wmAnna/orders')).json().purchases[0]).not.toHaveProperty('coupons')
})

test('not the next day, not by a guide, not by another store’s manager, not without a reason', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  await till.redeem(code, { storeId: 'lancome' })
  const undo = async (fields: object) =>
    (await till.post('/coupons/undo-redemption', { code, reason, ...fields })).json()
  expect(await undo({ by: 'LinXiao' })).toMatchObject({ status: 403, code: 'forbidden' })
  expect(await undo({ by: 'NobodyWeKnow' })).toMatchObject({ status: 403, code: 'forbidden' })
  expect(await undo({ by: 'ZhouMin' })).toMatchObject({ status: 403, code: 'not_your_store' })
  expect(await undo({ by: 'HeadOffice', reason: ' ' })).toMatchObject({ status: 400 })
  t.clock.set(new Date('2026-09-22T00:00:00+08:00'))
  expect(await undo({ by: 'HeadOffice' })).toMatchObject({ status: 409, code: 'undo_too_late' })
})

test('at the counter a guide redeems in the own store; asked again, a page gets the same answer', async () => {
  const { t, till } = await openCounter({ storeIds: ['pandora'], perCustomer: 2 })
  await using _ = t
  const code = await till.issue()
  const [lin, chen] = [await signIn(t, 'LinXiao'), await signIn(t, 'ChenChen')]
  const redeem = { requestId: randomUUID(), code }
  expect((await chen.post('/api/coupons/redeem', { ...redeem, requestId: randomUUID() })).json().code).toBe(
    'coupon_wrong_store',
  )
  const green = await lin.post('/api/coupons/redeem', redeem)
  expect(green.json()).toEqual({
    code,
    title: '满 999 减 100',
    kind: 'amount',
    value: 10_000,
    minimumSpend: 99_900,
    redeemedAt: '2026-09-21T02:00:00.000Z',
    storeName: '万象城潘多拉专柜',
    guideName: '林晓',
  })
  expect((await lin.post('/api/coupons/redeem', redeem)).json()).toEqual(green.json())
  const red = await lin.post('/api/coupons/redeem', { ...redeem, requestId: randomUUID() })
  expect(red.json()).toMatchObject({ code: 'coupon_redeemed', storeName: '万象城潘多拉专柜', guideName: '林晓' })
  const other = await lin.post('/api/coupons/redeem', { ...redeem, code: await till.issue() })
  expect(other.json().code).toBe('request_id_reused')
  const mistyped = await lin.post('/api/coupons/redeem', { ...redeem, code: mistype(code) })
  expect(mistyped.json()).toMatchObject({ status: 404, code: 'coupon_code_mistyped' })
})

test('a guide without a store redeems nothing, and nobody does without signing in', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const body = { requestId: randomUUID(), code: await till.issue() }
  const stranger = await signIn(t, 'NewGuide')
  expect((await stranger.post('/api/coupons/redeem', body)).json().code).toBe('guide_without_store')
  expect((await t.app.inject({ method: 'POST', url: '/api/coupons/redeem', payload: body })).statusCode).toBe(401)
})

test('from the sidebar a manager undoes within the store; a guide does not', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  const [lin, zhou] = [await signIn(t, 'LinXiao'), await signIn(t, 'ZhouMin')]
  await lin.post('/api/coupons/redeem', { requestId: randomUUID(), code })
  expect((await lin.post('/api/coupons/undo-redemption', { code, reason })).statusCode).toBe(403)
  expect((await zhou.post('/api/coupons/undo-redemption', { code, reason })).statusCode).toBe(200)
  expect((await events(t, code)).at(-1)).toMatchObject({ what: 'undone', guideUserId: 'ZhouMin', reason })
})
