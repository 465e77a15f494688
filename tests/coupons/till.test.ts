import { readCouponCode } from '@zhanggui/server/coupons/code.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { couponTemplate, put } from '../support/shop.ts'
import { events, mistype, openCounter } from './counter.ts'

test('a till issues a code with its link, redeems it, and hears when, where and who the second time', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const issued = await till.post('/coupons/issue', {
    couponId: 'save100',
    customer: { externalUserId: 'wmAnna' },
    guideId: 'linxiao',
  })
  const { code, url, validTo } = issued.json()
  expect(issued.statusCode).toBe(200)
  expect(validTo).toBe('2026-12-31T16:00:00.000Z')
  expect((await t.app.inject({ url: new URL(url).pathname })).statusCode).toBe(200)

  const redeemed = await till.redeem(code, { guideId: 'linxiao', orderId: 'o1' })
  expect(redeemed.json()).toEqual({
    code,
    couponId: 'save100',
    externalUserId: 'wmAnna',
    title: '满 999 减 100',
    kind: 'amount',
    value: 10_000,
    minimumSpend: 99_900,
    redeemedAt: '2026-09-21T02:00:00.000Z',
    storeId: 'pandora',
    storeName: '万象城潘多拉专柜',
    guideId: 'LinXiao',
    guideName: '林晓',
    orderId: 'o1',
  })
  const body = { code, storeId: 'lancome' }
  const again = await till.post('/coupons/redeem', body, { 'idempotency-key': 'again' })
  expect(again.statusCode).toBe(409)
  expect(again.json()).toMatchObject({
    code: 'coupon_redeemed',
    redeemedAt: '2026-09-21T02:00:00.000Z',
    storeId: 'pandora',
    storeName: '万象城潘多拉专柜',
    guideId: 'LinXiao',
    guideName: '林晓',
  })
  expect((await till.post('/coupons/redeem', body, { 'idempotency-key': 'again' })).json()).toEqual(again.json())
  expect(await events(t, code)).toMatchObject([
    { what: 'issued', guideUserId: 'linxiao', storeId: 'pandora', source: 'api:till' },
    { what: 'opened', source: 'page' },
    { what: 'redeemed', guideUserId: 'LinXiao', storeId: 'pandora', orderId: 'o1', source: 'api:till' },
  ])
  expect(t.logs.join('')).not.toContain(code)
})

test('a code is read in any case, with spaces or dashes, full-width, and with lookalikes', async () => {
  const { t, till } = await openCounter({ perCustomer: 50 })
  await using _ = t
  const withDigits = async (): Promise<string> => {
    const code = await till.issue()
    return /[01V]/.test(code) ? code : withDigits()
  }
  const code = await withDigits()
  const typed = code
    .replace(/0/g, 'o')
    .replace(/1/g, 'l')
    .replace(/V/g, 'u')
    .toLowerCase()
    .replace(/(.{4})(?=.)/g, '$1 - ')
    .replace(/[a-z]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
  expect(readCouponCode(typed)).toBe(code)
  expect((await till.redeem(typed)).json()).toMatchObject({ code })
})

test('a mistyped code is told from an unknown one', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  for (const typed of [mistype(code), code.slice(1), `${code}0`, '优惠券']) {
    const answer = await till.redeem(typed)
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'coupon_unknown', detail: expect.stringContaining('mistyped') })
  }
  const unknown = (await till.redeem('00000000000' + '0')).json()
  expect(unknown.code).toBe('coupon_unknown')
  expect(unknown.detail).toBeUndefined()
})

test.for([
  ['store', { storeId: 'pandora' }, undefined],
  ['store', { storeId: undefined }, 'coupon_wrong_store'],
  ['mall', { storeId: 'pandora' }, 'coupon_wrong_store'],
  ['mall', { storeId: undefined }, undefined],
  ['both', { storeId: 'pandora' }, undefined],
  ['both', { storeId: undefined }, undefined],
  ['both', { storeId: 'lancome' }, 'coupon_wrong_store'],
] as const)('redeemable at %s, redeemed at %j: %s', async ([redeemAt, where, refusal]) => {
  const { t, till } = await openCounter({ redeemAt, storeIds: ['pandora'] })
  await using _ = t
  expect((await till.redeem(await till.issue(), where)).json()).toMatchObject(
    refusal ? { code: refusal } : { redeemedAt: expect.any(String) },
  )
})

test('validity ends at its last moment, in Shanghai', async () => {
  const { t, till } = await openCounter({ perCustomer: 2, validTo: '2026-09-22T00:00:00+08:00' })
  await using _ = t
  const [first, second] = [await till.issue(), await till.issue()]
  t.clock.set(new Date('2026-09-21T23:59:59.999+08:00'))
  expect((await till.redeem(first)).statusCode).toBe(200)
  t.clock.set(new Date('2026-09-22T00:00:00+08:00'))
  expect((await till.redeem(second)).json()).toMatchObject({ status: 409, code: 'coupon_expired' })
  const late = await till.post('/coupons/issue', { couponId: 'save100', customer: { externalUserId: 'wmBella' } })
  expect(late.json()).toMatchObject({ status: 409, code: 'coupon_not_valid' })
})

test('a template whose beginning was put off is not redeemed before it', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  await put(t, 'coupons', [couponTemplate({ validFrom: '2026-10-01T00:00:00+08:00' })])
  expect((await till.redeem(code)).json().code).toBe('coupon_not_started')
})

test('minimum spend is asked only where the spending is known, and before what was taken off', async () => {
  const { t, till } = await openCounter({ perCustomer: 5 })
  await using _ = t
  const order = (orderId: string, amount: number, paidAmount: number) => ({
    orderId,
    channel: 'store',
    placedAt: '2026-09-21T09:00:00+08:00',
    lines: [{ productId: 'swan', quantity: 1, amount }],
    paidAmount,
  })
  await put(t, 'orders', [order('small', 99_800, 89_800), order('enough', 99_900, 89_900)])
  const code = await till.issue()
  expect((await till.redeem(code, { orderId: 'small' })).json().code).toBe('coupon_minimum_not_met')
  expect((await till.redeem(code, { orderId: 'not-here-yet', amount: 99_899 })).json().code).toBe(
    'coupon_minimum_not_met',
  )
  expect((await till.redeem(code, { orderId: 'enough' })).statusCode).toBe(200)
  expect((await till.redeem(await till.issue(), { orderId: 'not-here-yet' })).statusCode).toBe(200)
  expect((await till.redeem(await till.issue())).statusCode).toBe(200)
})

test('a coupon goes to whoever the ids mean, and to nobody who is unknown or erased', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  await put(t, 'members', [{ memberNo: 'm1', externalUserId: 'wmAnna', phone: '13800001234' }])
  const issue = (customer: object, fields: object = {}) =>
    till.post('/coupons/issue', { couponId: 'save100', customer, ...fields })
  expect((await issue({ memberNo: 'm1' })).statusCode).toBe(200)
  expect(await t.db.selectFrom('coupon').select('externalUserId').execute()).toEqual([{ externalUserId: 'wmAnna' }])
  expect((await issue({ memberNo: 'm1' })).json().code).toBe('coupon_limit_reached')
  expect((await issue({ memberNo: 'm2' })).json()).toMatchObject({ status: 404, code: 'customer_unknown' })
  expect((await issue({})).json().code).toBe('customer_unknown')
  expect((await issue({ phone: 'no phone' })).json().code).toBe('validation_failed')
  expect((await issue({ memberNo: 'm1' }, { couponId: 'none' })).json().code).toBe('coupon_unknown')
  await t.db
    .insertInto('erasedCustomer')
    .values({ externalUserId: 'wmGone', erasedAt: t.clock.now(), pseudonym: 'erased:1' })
    .execute()
  expect((await issue({ externalUserId: 'wmGone' })).json().code).toBe('customer_erased')
})

test('what happened to a coupon is only ever added to', async () => {
  const { t, till } = await openCounter()
  await using _ = t
  const code = await till.issue()
  await expect(t.db.deleteFrom('couponEvent').execute()).rejects.toThrow('only ever added to')
  await expect(t.db.updateTable('couponEvent').set({ at: new Date() }).execute()).rejects.toThrow('only ever added to')
  await expect(sql`update coupon set redeemed_at = now() where code = ${code}`.execute(t.db)).rejects.toThrow('check')
})
