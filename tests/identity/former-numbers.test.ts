import { afterAll, expect, test } from 'vitest'
import { makeMember, makeOrder } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const phoneOf = (x: string) => `1390001000${x}`

/** A customer who enrolled here, under a number of ours, with an order by it. */
async function enrol(x: string, { unionId = null as string | null, phone = phoneOf(x) } = {}) {
  const now = t.clock.now()
  const externalUserId = `wm${x}`
  await t.db.insertInto('customer').values({ externalUserId, unionId, createdAt: now }).execute()
  await t.db
    .insertInto('member')
    .values({
      memberNo: `ZG${x}`,
      externalUserId,
      unionId,
      phoneHash: t.deps.cipher.hash(phone),
      phoneSealed: t.deps.cipher.seal(phone),
      phoneVerifiedAt: now,
      name: '王安娜',
      joinedAt: new Date('2026-09-20T00:00:00Z'),
      source: 'enrolment',
      updatedAt: now,
    })
    .execute()
  await sender.put('orders', [makeOrder({ orderId: `old${x}`, customer: { memberNo: `ZG${x}` } })])
  return externalUserId
}

const profile = async (externalUserId: string) =>
  (await sender.get<{ member?: object; totals: object }>(`customers/${externalUserId}`)).body
const member = (memberNo: string) => t.db.selectFrom('member').selectAll().where('memberNo', '=', memberNo).execute()

test('the CRM’s number takes over from ours, which goes on matching', async () => {
  const anna = await enrol('1')
  expect(await sender.put('members', [makeMember({ memberNo: 'C1', externalUserId: anna, tier: '金卡' })])).toEqual({
    accepted: 1,
    unchanged: 0,
    rejected: [],
  })
  await sender.put('orders', [
    makeOrder({ orderId: 'late1', customer: { memberNo: 'ZG1' } }),
    makeOrder({ orderId: 'new1', customer: { memberNo: 'C1' } }),
    makeOrder({ orderId: 'phone1', customer: { phone: phoneOf('1') } }),
  ])
  expect(await profile(anna)).toMatchObject({
    member: { memberNo: 'C1', tier: '金卡', joinedAt: '2026-09-20T00:00:00.000Z' },
    totals: { orders: 4 },
  })
  expect(await member('C1')).toMatchObject([{ name: '王安娜', source: 'crm' }])
  expect(await member('ZG1')).toEqual([])
})

test('a record the CRM sent before is joined with the card, and what it says stays', async () => {
  const anna = await enrol('2')
  await sender.put('members', [makeMember({ memberNo: 'C2', name: '王女士', points: 7 })])
  await sender.put('members', [makeMember({ memberNo: 'C2', externalUserId: anna, points: 8 })])
  expect(await member('C2')).toMatchObject([
    { externalUserId: anna, name: '王女士', points: 8, phoneHash: t.deps.cipher.hash(phoneOf('2')) },
  ])
  expect(await profile(anna)).toMatchObject({ member: { memberNo: 'C2' }, totals: { orders: 1 } })
})

test('a unionid that only this customer has is as good, and so is the phone only she confirmed', async () => {
  const byUnion = await enrol('3', { unionId: 'u3' })
  const byPhone = await enrol('4', { phone: '13900000004' })
  await sender.put('members', [
    makeMember({ memberNo: 'C3', unionId: 'u3' }),
    makeMember({ memberNo: 'C4', phone: '139 0000 0004' }),
  ])
  expect(await profile(byUnion)).toMatchObject({ member: { memberNo: 'C3' }, totals: { orders: 1 } })
  expect(await profile(byPhone)).toMatchObject({ member: { memberNo: 'C4' }, totals: { orders: 1 } })
})

test('in doubt nothing is taken over', async () => {
  const shared = '13900000005'
  const one = await enrol('5', { phone: shared })
  const two = await enrol('6', { phone: shared })
  const other = await enrol('7', { phone: '13900000007', unionId: 'u7' })
  await sender.put('members', [
    makeMember({ memberNo: 'C5', phone: shared }),
    makeMember({ memberNo: 'C7', phone: '13900000007', unionId: 'u-of-somebody-else' }),
  ])
  for (const [id, number] of [
    [one, 'ZG5'],
    [two, 'ZG6'],
    [other, 'ZG7'],
  ])
    expect(await profile(id ?? '')).toMatchObject({ member: { memberNo: number } })
})

test('a second number of the CRM, and a number that gave way, are refused', async () => {
  const anna = await enrol('8')
  const answer = await sender.put('members', [
    makeMember({ memberNo: 'C8', externalUserId: anna }),
    makeMember({ memberNo: 'C8b', externalUserId: anna }),
  ])
  expect(answer).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'customer_already_member' }] })
  expect(await sender.put('members', [makeMember({ memberNo: 'ZG8', points: 1 })])).toMatchObject({
    rejected: [{ id: 'ZG8', code: 'member_no_replaced' }],
  })
  expect(await profile(anna)).toMatchObject({ member: { memberNo: 'C8' } })
})
