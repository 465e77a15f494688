import { afterAll, expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { makeMember, makeOrder } from './records.ts'
import { senderTo } from './sender.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const ordersOf = async (externalUserId: string): Promise<unknown> => {
  const { body } = await sender.get<{ totals?: { orders: number } }>(`customers/${externalUserId}`)
  return body.totals?.orders ?? 0
}
const mirror = (externalUserId: string, unionId?: string) =>
  t.db
    .insertInto('customer')
    .values({ externalUserId, unionId: unionId ?? null, createdAt: t.clock.now() })
    .execute()

/** `{x}` in an id is replaced, so that every case has people of its own. */
interface Case {
  name: string
  customers?: [id: string, unionId?: string][]
  members?: object[]
  order: object
  belongsTo: string | undefined
}
const A = 'wmA{x}'
const B = 'wmB{x}'
const phone = '1381234{x}'
const cases: Case[] = [
  { name: 'the external_userid itself', order: { externalUserId: A }, belongsTo: A },
  {
    name: 'the member number of a linked member',
    members: [{ memberNo: 'm{x}', externalUserId: A }],
    order: { memberNo: 'm{x}' },
    belongsTo: A,
  },
  {
    name: 'the member number of a member known by unionid',
    customers: [[A, 'u{x}']],
    members: [{ memberNo: 'm{x}', unionId: 'u{x}' }],
    order: { memberNo: 'm{x}' },
    belongsTo: A,
  },
  { name: 'the unionid of a customer', customers: [[A, 'u{x}']], order: { unionId: 'u{x}' }, belongsTo: A },
  {
    name: 'the unionid of a linked member',
    customers: [[A]],
    members: [{ memberNo: 'm{x}', externalUserId: A, unionId: 'u{x}' }],
    order: { unionId: 'u{x}' },
    belongsTo: A,
  },
  {
    name: 'the phone of a linked member',
    members: [{ memberNo: 'm{x}', externalUserId: A, phone }],
    order: { phone },
    belongsTo: A,
  },
  {
    name: 'the phone of a member known by unionid',
    customers: [[A, 'u{x}']],
    members: [{ memberNo: 'm{x}', unionId: 'u{x}', phone }],
    order: { phone },
    belongsTo: A,
  },
  {
    name: 'the external_userid before all others',
    customers: [[B, 'u{x}']],
    members: [{ memberNo: 'm{x}', externalUserId: B, phone }],
    order: { externalUserId: A, memberNo: 'm{x}', unionId: 'u{x}', phone },
    belongsTo: A,
  },
  {
    name: 'the member number before the unionid',
    customers: [[B, 'u{x}']],
    members: [{ memberNo: 'm{x}', externalUserId: A }],
    order: { memberNo: 'm{x}', unionId: 'u{x}' },
    belongsTo: A,
  },
  {
    name: 'the unionid before the phone',
    customers: [[A, 'u{x}']],
    members: [{ memberNo: 'm{x}', externalUserId: B, phone }],
    order: { unionId: 'u{x}', phone },
    belongsTo: A,
  },
  {
    name: 'the phone, where the member number means nobody',
    members: [{ memberNo: 'm{x}', externalUserId: A, phone }],
    order: { memberNo: 'unheard-of-{x}', unionId: 'unheard-of-{x}', phone },
    belongsTo: A,
  },
  {
    name: 'the customer’s own unionid rather than what a CRM says of another',
    customers: [[A, 'u{x}'], [B]],
    members: [{ memberNo: 'm{x}', externalUserId: B, unionId: 'u{x}' }],
    order: { unionId: 'u{x}' },
    belongsTo: A,
  },
  {
    name: 'nobody, where two members share the phone',
    members: [
      { memberNo: 'm{x}', externalUserId: A, phone },
      { memberNo: 'n{x}', externalUserId: B, phone },
    ],
    order: { phone },
    belongsTo: undefined,
  },
  {
    name: 'nobody, where two customers share the unionid',
    customers: [
      [A, 'u{x}'],
      [B, 'u{x}'],
    ],
    order: { unionId: 'u{x}' },
    belongsTo: undefined,
  },
  { name: 'nobody, without any id', customers: [[A]], order: {}, belongsTo: undefined },
]
const numbered = cases.map(
  (item, index): Case => JSON.parse(JSON.stringify(item).replaceAll('{x}', String(1000 + index))),
)

test.for(numbered)('an order belongs to $name', async ({ customers = [], members = [], order, belongsTo }) => {
  // The order comes first: an identity that appears later needs no repair.
  const orderId = JSON.stringify(order) + customers.length + members.length
  expect(await sender.put('orders', [makeOrder({ orderId, customer: order })])).toMatchObject({ accepted: 1 })
  for (const customer of customers) await mirror(...customer)
  if (members.length > 0) await sender.put('members', members.map(makeMember))

  const suffix = /\d{4}/.exec(JSON.stringify([customers, members, order]))?.[0] ?? ''
  const owners = []
  for (const id of [`wmA${suffix}`, `wmB${suffix}`]) if ((await ordersOf(id)) === 1) owners.push(id)
  expect(owners).toEqual(belongsTo === undefined ? [] : [belongsTo])
})

test('a phone nobody has confirmed matches nothing', async () => {
  await sender.put('members', [makeMember({ memberNo: 'm-unconfirmed', externalUserId: 'wm-unconfirmed' })])
  const hash = t.deps.cipher.hash('13712345678')
  const member = t.db.updateTable('member').where('memberNo', '=', 'm-unconfirmed')
  await member.set({ phoneHash: hash, phoneVerifiedAt: null }).execute()
  await sender.put('orders', [makeOrder({ orderId: 'unconfirmed', customer: { phone: '13712345678' } })])
  expect(await ordersOf('wm-unconfirmed')).toBe(0)
  await member.set({ phoneVerifiedAt: t.clock.now() }).execute()
  expect(await ordersOf('wm-unconfirmed')).toBe(1)
})
