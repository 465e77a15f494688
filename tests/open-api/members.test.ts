import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeMember } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const kept = (memberNo: string) =>
  t.db.selectFrom('member').selectAll().where('memberNo', '=', memberNo).executeTakeFirstOrThrow()
const taken = { code: 'customer_already_member', detail: '/externalUserId is the customer of another member' }

test('a member’s phone is kept hashed and sealed, in one spelling, and counts as verified', async () => {
  await sender.put('members', [makeMember({ memberNo: 'phone', phone: '+86 138-1234-5678' })])
  const { phoneHash, phoneSealed, phoneVerifiedAt } = await kept('phone')
  expect(phoneHash).toBe(t.deps.cipher.hash('13812345678'))
  expect(phoneSealed && t.deps.cipher.open(phoneSealed)).toBe('13812345678')
  expect(phoneVerifiedAt).toEqual(t.clock.now())
})

test('the CRM’s figures are what it said last; who the member is never gets lost by being left out', async () => {
  const full = makeMember({
    memberNo: 'full',
    externalUserId: 'wm-full',
    unionId: 'u-full',
    phone: '13812345679',
    name: '王女士',
    birthday: '1990-02-28',
    tier: '金卡',
    points: 5,
    storedValue: 100,
    joinedAt: '2020-01-01T00:00:00+08:00',
  })
  await sender.put('members', [full])
  const before = await kept('full')
  t.clock.advance(1000)
  expect(await sender.put('members', [makeMember({ memberNo: 'full' })])).toMatchObject({ accepted: 1 })
  const { tier, points, storedValue, updatedAt, ...who } = await kept('full')
  expect({ tier, points, storedValue }).toEqual({ tier: null, points: null, storedValue: null })
  expect(before).toMatchObject(who)
  expect(updatedAt).toEqual(t.clock.now())
})

test('what an enrolment learned stays when the CRM takes the member over', async () => {
  const phone = '13812345670'
  const enrolled = {
    memberNo: 'enrolled',
    externalUserId: 'wm-enrolled',
    phoneHash: t.deps.cipher.hash(phone),
    phoneSealed: t.deps.cipher.seal(phone),
    phoneVerifiedAt: null,
    name: '陈女士',
    joinedAt: new Date('2026-09-20T00:00:00Z'),
  }
  await t.db
    .insertInto('member')
    .values({ ...enrolled, source: 'enrolment', updatedAt: t.clock.now() })
    .execute()
  await sender.put('members', [makeMember({ memberNo: 'enrolled', points: 5 })])
  expect(await kept('enrolled')).toMatchObject({ ...enrolled, points: 5, source: 'crm' })
  // The same phone said by the CRM is thereby confirmed.
  expect(await sender.put('members', [makeMember({ memberNo: 'enrolled', points: 5, phone })])).toMatchObject({
    accepted: 1,
  })
  expect(await kept('enrolled')).toMatchObject({ phoneVerifiedAt: t.clock.now() })
})

test('a customer has one member: the second is rejected, also within a batch', async () => {
  await sender.put('members', [makeMember({ memberNo: 'a1', externalUserId: 'wm-a' })])
  expect(
    await sender.put('members', [
      makeMember({ memberNo: 'a2', externalUserId: 'wm-a' }),
      makeMember({ memberNo: 'b1', externalUserId: 'wm-b' }),
      makeMember({ memberNo: 'b2', externalUserId: 'wm-b' }),
      makeMember({ memberNo: 'b1', externalUserId: 'wm-b', points: 1 }),
    ]),
  ).toEqual({
    accepted: 2,
    unchanged: 0,
    rejected: [
      { index: 0, id: 'a2', ...taken },
      { index: 2, id: 'b2', ...taken },
    ],
  })
  expect(await kept('b1')).toMatchObject({ externalUserId: 'wm-b', points: 1 })
})

test('a customer that one member gives up can be another’s in the same batch', async () => {
  await sender.put('members', [makeMember({ memberNo: 'z-old', externalUserId: 'wm-moves' })])
  expect(
    await sender.put('members', [
      makeMember({ memberNo: 'z-old', externalUserId: 'wm-elsewhere' }),
      makeMember({ memberNo: 'a-new', externalUserId: 'wm-moves' }),
    ]),
  ).toEqual({ accepted: 2, unchanged: 0, rejected: [] })
})

test('of two batches at once that want one customer, exactly one gets it', async () => {
  const batch = (prefix: string) =>
    Array.from({ length: 100 }, (_, index) =>
      makeMember({ memberNo: `${prefix}${index}`, externalUserId: `wm-race-${index}` }),
    )
  const answers = await Promise.all([sender.put('members', batch('p')), sender.put('members', batch('q').reverse())])
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(100)
  const rejected = answers.flatMap((answer) => answer.rejected)
  expect(rejected).toHaveLength(100)
  expect(new Set(rejected.map(({ code }) => code))).toEqual(new Set([taken.code]))
})

test('a member whose customer was invited has enrolled, by link and by unionid', async () => {
  const now = t.clock.now()
  const invitation = { guideUserId: 'LinXiao', expiresAt: now, invitedAt: now }
  await t.db.insertInto('customer').values({ externalUserId: 'wm-i2', unionId: 'u-i2', createdAt: now }).execute()
  for (const externalUserId of ['wm-i1', 'wm-i2', 'wm-i3'])
    await t.db
      .insertInto('invitation')
      .values({ ...invitation, externalUserId })
      .execute()
  await sender.put('members', [
    makeMember({ memberNo: 'i1', externalUserId: 'wm-i1' }),
    makeMember({ memberNo: 'i2', unionId: 'u-i2' }),
  ])
  const rows = await t.db
    .selectFrom('invitation')
    .select(['externalUserId', 'enrolledAt'])
    .orderBy('externalUserId')
    .execute()
  expect(rows).toEqual([
    { externalUserId: 'wm-i1', enrolledAt: now },
    { externalUserId: 'wm-i2', enrolledAt: now },
    { externalUserId: 'wm-i3', enrolledAt: null },
  ])
})

test('a member without a date joined when first sent', async () => {
  await sender.put('members', [makeMember({ memberNo: 'since' })])
  const { joinedAt } = await kept('since')
  expect(joinedAt).toEqual(t.clock.now())
  t.clock.advance(1000)
  await sender.put('members', [makeMember({ memberNo: 'since', points: 1 })])
  expect((await kept('since')).joinedAt).toEqual(joinedAt)
})
