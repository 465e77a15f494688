import { expect, test } from 'vitest'
import { put } from '../support/shop.ts'
import { openCounter } from './counter.ts'

const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const codesOf = (answers: { statusCode: number; json(): { code: string } }[]) => {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const key = answer.statusCode === 200 ? 'ok' : answer.json().code
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

test('of 200 who redeem one code at once, one does', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  const answers = await Promise.all(times(200).map((n) => till.redeem(code, { orderId: `o${n}`, guideId: 'LinXiao' })))
  expect(codesOf(answers)).toEqual({ ok: 1, coupon_redeemed: 199 })
  const winner = answers.find(({ statusCode }) => statusCode === 200)?.json()
  const coupon = await t.db.selectFrom('coupon').selectAll().executeTakeFirstOrThrow()
  expect(coupon).toMatchObject({ redeemedOrderId: winner.orderId, redeemedStoreId: 'pandora', redeemedBy: 'LinXiao' })
  const told = await t.db.selectFrom('couponEvent').select('what').where('what', '=', 'redeemed').execute()
  expect(told).toHaveLength(1)
})

test('a stock of 25 is issued to 25 of 500 customers who ask at once', async () => {
  const { t, till } = await openCounter({ stock: 25 })
  await using _ = t
  const answers = await Promise.all(
    times(500).map((n) => till.post('/coupons/issue', { couponId: 'save100', customer: { externalUserId: `wm${n}` } })),
  )
  expect(codesOf(answers)).toEqual({ ok: 25, coupon_out_of_stock: 475 })
  expect(await t.db.selectFrom('coupon').select('code').execute()).toHaveLength(25)
  expect(await t.db.selectFrom('couponTemplate').select('issued').execute()).toEqual([{ issued: 25 }])
})

test('one customer asked for 50 times at once gets as many as each customer may have', async () => {
  const { t, till } = await openCounter({ perCustomer: 3 })
  await using _ = t
  const wish = { couponId: 'save100', customer: { externalUserId: 'wmAnna' } }
  const answers = await Promise.all(times(50).map(() => till.post('/coupons/issue', wish)))
  expect(codesOf(answers)).toEqual({ ok: 3, coupon_limit_reached: 47 })
})

test('of 20 coupons redeemed for one order at once, one is taken', async () => {
  const { t, till } = await openCounter({ perCustomer: 20 })
  await using _ = t
  const codes = await Promise.all(times(20).map(() => till.issue()))
  const answers = await Promise.all(codes.map((code) => till.redeem(code, { orderId: 'o1' })))
  expect(codesOf(answers)).toEqual({ ok: 1, coupon_not_stackable: 19 })
})

test('coupons that go together are all taken, but none beside one that stands alone', async () => {
  const { t, till } = await openCounter({ perCustomer: 10 })
  await using _ = t
  const stackable = { couponId: 'gift', title: '到店礼', kind: 'gift', value: 0, stackable: true, perCustomer: 10 }
  const validity = { validFrom: '2026-09-01T00:00:00+08:00', validTo: '2027-01-01T00:00:00+08:00' }
  await put(t, 'coupons', [{ ...stackable, ...validity }])
  const alone = await till.issue()
  const gifts = await Promise.all(times(6).map(() => till.issue('wmAnna', { couponId: 'gift' })))
  const together = await Promise.all(gifts.slice(0, 5).map((code) => till.redeem(code, { orderId: 'o1' })))
  expect(codesOf(together)).toEqual({ ok: 5 })
  expect((await till.redeem(alone, { orderId: 'o1' })).json().code).toBe('coupon_not_stackable')
  expect((await till.redeem(alone, { orderId: 'o2' })).statusCode).toBe(200)
  expect((await till.redeem(gifts[5] ?? '', { orderId: 'o2' })).json().code).toBe('coupon_not_stackable')
})

test('a till that asks again with its Idempotency-Key while the first is under way gets one redemption', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  const body = { code, storeId: 'pandora', orderId: 'o1' }
  const answers = await Promise.all(
    times(30).map(() => till.post('/coupons/redeem', body, { 'idempotency-key': 'till-7-4711' })),
  )
  expect(codesOf(answers)).toEqual({ ok: 30 })
  expect(new Set(answers.map((answer) => answer.body)).size).toBe(1)
  const other = await till.post('/coupons/redeem', { ...body, orderId: 'o2' }, { 'idempotency-key': 'till-7-4711' })
  expect(other.json().code).toBe('idempotency_key_reused')
})

test('redeemed or undone, never both: 20 undo while 20 redeem again', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  await till.redeem(code)
  const undo = { code, reason: '顾客退货', by: 'ZhouMin' }
  await Promise.all(times(20).flatMap(() => [till.post('/coupons/undo-redemption', undo), till.redeem(code)]))
  const told = await t.db
    .selectFrom('couponEvent')
    .select('what')
    .where('what', 'in', ['redeemed', 'undone'])
    .orderBy('couponEventId')
    .execute()
  expect(told.map(({ what }) => what)).toEqual(told.map((_, index) => (index % 2 === 0 ? 'redeemed' : 'undone')))
  const coupon = await t.db.selectFrom('coupon').select('redeemedAt').executeTakeFirstOrThrow()
  expect(coupon.redeemedAt !== null).toBe(told.length % 2 === 1)
})
