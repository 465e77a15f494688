import { noteForgottenOrders } from '@zhanggui/server/attribution/due.repository.ts'
import { followRenames } from '@zhanggui/server/guides/follow-renames.ts'
import type { CommissionReport } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRetail } from '../commission/retail-story.ts'
import { befriend, couponTemplate, openShop } from '../support/shop.ts'

const r = await openRetail()
afterAll(() => r.t[Symbol.asyncDispose]())

const PLACED = '2026-09-21T10:00:00+08:00'
let count = 0
/** A new name for everything of one test. */
let id = ''

beforeAll(() => openShop(r.t))
beforeEach(() => {
  id = `x${count++}`
})

/** Friends since a minute before the order. */
const makeFriend = (unionId: string | null = null) => befriend(r.t, { externalUserId: `wm${id}`, unionId })
const order = (customer: object, over: object = {}) =>
  r.buy(id, 10_000, { channel: 'mall', placedAt: PLACED, customer, ...over })
const credited = async () => {
  await r.work()
  const versions = await r.db
    .selectFrom('orderAttribution')
    .selectAll()
    .where('orderId', '=', id)
    .orderBy('version')
    .execute()
  return versions.map(({ cause, salesWhy, salesGuideId }) => [cause, salesWhy, salesGuideId].filter(Boolean).join(' '))
}
const first = 'placed nobody'
const found = 'identity owner LinXiao'

test('the friend is heard of after the order', async () => {
  await order({ externalUserId: `wm${id}` })
  expect(await credited()).toEqual([first])
  await makeFriend()
  expect(await credited()).toEqual([first, 'owner owner LinXiao'])
})

test('the member is sent after the order', async () => {
  await makeFriend()
  await order({ memberNo: `m-${id}` })
  expect(await credited()).toEqual([first])
  await r.send('members', [{ memberNo: `m-${id}`, externalUserId: `wm${id}` }])
  expect(await credited()).toEqual([first, found])
})

test('the member is linked after it was sent', async () => {
  await makeFriend()
  await order({ memberNo: `m-${id}` })
  await r.send('members', [{ memberNo: `m-${id}`, tier: '金卡' }])
  expect(await credited()).toEqual([first])
  await r.send('members', [{ memberNo: `m-${id}`, externalUserId: `wm${id}` }])
  expect(await credited()).toEqual([first, found])
})

test('the phone is the member’s', async () => {
  await makeFriend()
  await order({ phone: '13900000001' })
  expect(await credited()).toEqual([first])
  await r.send('members', [{ memberNo: `m-${id}`, externalUserId: `wm${id}`, phone: '13900000001' }])
  expect(await credited()).toEqual([first, found])
})

test('the customer’s unionid is heard of after the order', async () => {
  await order({ unionId: `union-${id}` })
  expect(await credited()).toEqual([first])
  await makeFriend(`union-${id}`)
  expect(await credited()).toEqual([first, found])
})

test('the customer’s unionid says whose the member’s order is', async () => {
  await order({ memberNo: `m-${id}` })
  await r.send('members', [{ memberNo: `m-${id}`, unionId: `union-${id}` }])
  await makeFriend()
  expect(await credited()).toEqual([first])
  r.clock.advance(1000)
  await makeFriend(`union-${id}`)
  expect(await credited()).toEqual([first, found])
})

test('a phone that turns out to be two people’s says no longer whose the order is', async () => {
  await makeFriend()
  await r.send('members', [{ memberNo: `m-${id}`, externalUserId: `wm${id}`, phone: '13900000002' }])
  await order({ phone: '13900000002' })
  expect(await credited()).toEqual(['placed owner LinXiao'])
  await r.send('members', [{ memberNo: `n-${id}`, externalUserId: 'wmOther', phone: '13900000002' }])
  expect(await credited()).toEqual(['placed owner LinXiao', 'identity nobody'])
})

test('a binding gives the order to its customer’s owner, and undone takes it back', async () => {
  await makeFriend()
  await order({})
  expect(await credited()).toEqual([first])
  await sql`
    insert into identity_decision (kind, value, external_user_id, cause, claimants, decided_by, decided_at)
    values ('order', ${id}, ${`wm${id}`}, 'binding', '{}', 'LinXiao', now())`.execute(r.db)
  expect(await credited()).toEqual([first, found])
  await sql`
    update identity_decision set undone_at = now(), undone_by = 'boss', undo_reason = '不是她的' where value = ${id}`.execute(
    r.db,
  )
  expect(await credited()).toEqual([first, found, 'identity nobody'])
})

test('a change of a member that says nothing of who she is notes no order', async () => {
  await order({ memberNo: `m-${id}` })
  await r.send('members', [{ memberNo: `m-${id}`, points: 1 }])
  await r.work()
  await r.send('members', [{ memberNo: `m-${id}`, points: 2, tier: '金卡' }])
  expect(await r.db.selectFrom('creditDue').selectAll().execute()).toEqual([])
})

test('an order nobody noted is found at night', async () => {
  await order({ externalUserId: `wm${id}` })
  await sql`delete from credit_due`.execute(r.db)
  expect(await credited()).toEqual([])
  await noteForgottenOrders(r.db, new Date(PLACED))
  expect(await credited()).toEqual([first])
})

test('a guide of another counter redeems a coupon of the order and is credited for the service', async () => {
  await makeFriend()
  await r.send('coupons', [couponTemplate({ couponId: id, minimumSpend: 0 })])
  const customer = { externalUserId: `wm${id}` }
  const { body: coupon } = await r.post('coupons/issue', { couponId: id, customer })
  await order(customer, { salesGuideId: 'LinXiao', storeId: 'pandora' })
  await r.work()
  const redemption = { code: coupon.code, storeId: 'lancome', guideId: 'ChenChen', orderId: id }
  expect((await r.post('coupons/redeem', redemption)).status).toBe(200)
  await r.work()
  const { body } = await r.get(`orders/${id}/attribution`)
  expect(body.versions).toMatchObject([
    { service: { why: 'nobody' } },
    { service: { why: 'redeemer', guideId: 'ChenChen' }, sales: { why: 'till', guideId: 'LinXiao' } },
  ])
})

test('a guide whose userid changed keeps what they earned, and the till may go on using the old one', async () => {
  await r.pay(500)
  const buy = (orderId: string) => r.buy(orderId, 10_000, { salesGuideId: 'OldName', placedAt: PLACED })
  await r.send('guides', [{ userId: 'OldName', storeId: 'pandora' }])
  await buy(`${id}-1`)
  await r.work()
  await sql`insert into guide_alias (former_id, user_id, renamed_at) values ('oldname', 'NewName', now())`.execute(r.db)
  await followRenames(r.deps)
  await r.work()
  await buy(`${id}-2`)
  await r.work()
  await buy(`${id}-1`)
  await r.work()
  const { body } = await r.get<CommissionReport>('reports/commission?from=2026-09-21&to=2026-09-22')
  expect(body.rows.filter(({ guideId }) => /name/i.test(guideId))).toMatchObject([
    { guideId: 'NewName', sales: { pending: 1000, confirmed: 0, settled: 0, reversed: 0 } },
  ])
  expect(
    await r.db.selectFrom('commissionEntry').where('orderId', 'like', `${id}-%`).selectAll().execute(),
  ).toHaveLength(2)
})
