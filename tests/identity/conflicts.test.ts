import type { IdentityConflictPage } from '@zhanggui/shared/identity.ts'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { makeMember, makeOrder, makeRefund } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)
beforeEach(() =>
  sql`truncate customer, member, identity_decision, sales_order, sales_order_line, sales_order_revision,
    sales_refund, sales_refund_line, sales_refund_revision cascade`.execute(t.db),
)

const mirror = (externalUserId: string, unionId?: string) =>
  t.db.insertInto('customer').values({ externalUserId, unionId, createdAt: t.clock.now() }).execute()
const conflicts = async (query = '') =>
  (await sender.get<IdentityConflictPage>(`identity-conflicts${query}`)).body.conflicts
const post = async (path: string, payload: object) => {
  const headers = { authorization: `Bearer ${TILL_KEY}` }
  const answer = await t.app.inject({ method: 'POST', url: `/open/v1/${path}`, headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const decide = (id: string | undefined, externalUserId: string) =>
  post(`identity-conflicts/${id}/decide`, { externalUserId, reason: '看过小票', by: '王敏' })
const undo = (id: string | undefined) => post(`identity-conflicts/${id}/undo`, { reason: '弄错了', by: '王敏' })
const bought = async (id: string) =>
  (await sender.get<{ totals?: { orders: number; refunded: number } }>(`customers/${id}`)).body.totals?.orders ?? 0

test('two ids of one order that mean two customers are listed with both sides’ evidence', async () => {
  await mirror('wmB', 'uB')
  await sender.put('members', [makeMember({ memberNo: 'mA', externalUserId: 'wmA' })])
  await sender.put('orders', [
    makeOrder({ orderId: 'odd', customer: { memberNo: 'mA', unionId: 'uB' } }),
    makeOrder({ orderId: 'plain', customer: { memberNo: 'mA' } }),
  ])
  const [conflict, ...others] = await conflicts()
  expect(others).toEqual([])
  expect(conflict).toMatchObject({
    kind: 'order',
    subject: 'odd',
    provisional: 'wmA',
    sides: [
      { externalUserId: 'wmA', evidence: [{ by: 'member_no', value: 'mA', memberNo: 'mA', told: 'crm' }] },
      { externalUserId: 'wmB', evidence: [{ by: 'union_id', value: 'uB', told: 'till' }] },
    ],
  })
  expect([await bought('wmA'), await bought('wmB')]).toEqual([2, 0])

  expect(await decide(conflict?.id, 'wmB')).toEqual({ status: 200, body: { id: conflict?.id, externalUserId: 'wmB' } })
  expect([await bought('wmA'), await bought('wmB')]).toEqual([1, 1])
  expect(await conflicts()).toEqual([])
  expect(await conflicts('?state=decided')).toMatchObject([
    { subject: 'odd', decision: { externalUserId: 'wmB', by: '王敏', reason: '看过小票' } },
  ])

  expect(await undo(conflict?.id)).toMatchObject({ body: { externalUserId: 'wmA' } })
  expect([await bought('wmA'), await bought('wmB')]).toEqual([2, 0])
  expect(await conflicts()).toHaveLength(1)
  expect(await undo(conflict?.id)).toMatchObject({ status: 409, body: { code: 'conflict_undecided' } })
  const { body } = await sender.get<{ entries: object[] }>('audit?subject=wmB')
  expect(body.entries).toMatchObject([
    { action: 'identity.undone', actor: 'api:till', reason: '弄错了' },
    { action: 'identity.decided', actor: 'api:till', detail: { by: '王敏', claimants: ['wmA', 'wmB'] } },
  ])
})

test('a phone two members confirmed means nobody until somebody decides, and again after the undo', async () => {
  const phone = '13812345678'
  await sender.put('members', [
    makeMember({ memberNo: 'mA', externalUserId: 'wmA', phone }),
    makeMember({ memberNo: 'mB', externalUserId: 'wmB', phone }),
  ])
  await sender.put('orders', [makeOrder({ orderId: 'byPhone', customer: { phone } })])
  const [conflict] = await conflicts()
  expect(conflict).toMatchObject({ kind: 'phone', subject: '138****5678', sides: [{ externalUserId: 'wmA' }, {}] })
  expect(conflict).not.toHaveProperty('provisional')
  expect(JSON.stringify(conflict)).not.toContain(phone)
  expect([await bought('wmA'), await bought('wmB')]).toEqual([0, 0])
  await decide(conflict?.id, 'wmB')
  expect([await bought('wmA'), await bought('wmB')]).toEqual([0, 1])
  expect(await undo(conflict?.id)).toEqual({ status: 200, body: { id: conflict?.id } })
  expect([await bought('wmA'), await bought('wmB')]).toEqual([0, 0])
})

test('a unionid of two customers, and a member two customers claim, are conflicts of their own', async () => {
  for (const id of ['wmA', 'wmB']) await mirror(id, 'uAB')
  await mirror('wmC', 'uC')
  await sender.put('members', [makeMember({ memberNo: 'mD', externalUserId: 'wmD', unionId: 'uC' })])
  await sender.put('orders', [
    makeOrder({ orderId: 'u', customer: { unionId: 'uAB' } }),
    makeOrder({ orderId: 'm', customer: { memberNo: 'mD' } }),
  ])
  const [card, union] = await conflicts()
  expect([card, union]).toMatchObject([
    {
      kind: 'member_no',
      subject: 'mD',
      provisional: 'wmD',
      sides: [{ externalUserId: 'wmC' }, { externalUserId: 'wmD' }],
    },
    { kind: 'union_id', subject: 'uAB', sides: [{ externalUserId: 'wmA' }, { externalUserId: 'wmB' }] },
  ])
  await decide(union?.id, 'wmA')
  await decide(card?.id, 'wmC')
  expect([await bought('wmA'), await bought('wmC'), await bought('wmD')]).toEqual([1, 1, 0])
  const { body } = await sender.get<{ member?: object }>('customers/wmC')
  expect(body.member).toMatchObject({ memberNo: 'mD' })
  await undo(card?.id)
  expect([await bought('wmC'), await bought('wmD')]).toEqual([0, 1])
  expect((await sender.get('customers/wmC')).body).not.toHaveProperty('member')
})

test('a decision covers the sides it knew: a third one opens the conflict again', async () => {
  const phone = '13812345678'
  const card = (x: string) => makeMember({ memberNo: `m${x}`, externalUserId: `wm${x}`, phone })
  await sender.put('members', [card('A'), card('B')])
  await decide((await conflicts())[0]?.id, 'wmA')
  expect(await conflicts()).toEqual([])
  await sender.put('members', [card('C')])
  const [again] = await conflicts()
  expect(again).toMatchObject({ provisional: 'wmA', decision: { externalUserId: 'wmA' }, sides: { length: 3 } })
  await decide(again?.id, 'wmC')
  expect(await conflicts()).toEqual([])
  // The one before stands again, for the sides it knew.
  expect(await undo(again?.id)).toMatchObject({ body: { externalUserId: 'wmA' } })
})

test('a refund that stands alone can be a conflict; one whose order is known goes with the order', async () => {
  await mirror('wmB', 'uB')
  await sender.put('members', [makeMember({ memberNo: 'mA', externalUserId: 'wmA' })])
  const customer = { memberNo: 'mA', unionId: 'uB' }
  await sender.put('orders', [makeOrder({ orderId: 'sold', customer: { memberNo: 'mA' } })])
  await sender.put('refunds', [
    makeRefund({ refundId: 'alone', customer }),
    makeRefund({ refundId: 'of order', orderId: 'sold', customer }),
  ])
  const [conflict, ...others] = await conflicts()
  expect([conflict?.subject, others]).toEqual(['alone', []])
  await decide(conflict?.id, 'wmB')
  const { body } = await sender.get<{ totals: object }>('customers/wmB')
  expect(body.totals).toMatchObject({ orders: 0, refunded: 129_900 })
})

test('what is no conflict, and who is no side, is refused', async () => {
  await sender.put('members', [makeMember({ memberNo: 'mA', externalUserId: 'wmA' })])
  await sender.put('orders', [makeOrder({ orderId: 'plain', customer: { memberNo: 'mA' } })])
  const id = (text: string) => Buffer.from(text).toString('base64url')
  for (const unknown of [id('order plain'), id('order nothing'), id('colour red'), 'x', id('order a\0b')])
    expect(await decide(unknown, 'wmA')).toMatchObject({ status: 404, body: { code: 'conflict_unknown' } })
  await mirror('wmB', 'uB')
  await sender.put('orders', [makeOrder({ orderId: 'odd', customer: { memberNo: 'mA', unionId: 'uB' } })])
  expect(await decide(id('order odd'), 'wmZ')).toMatchObject({ status: 409, body: { code: 'not_a_claimant' } })
})

test('conflicts come page by page', async () => {
  await mirror('wmB', 'uB')
  await sender.put('members', [makeMember({ memberNo: 'mA', externalUserId: 'wmA' })])
  const customer = { memberNo: 'mA', unionId: 'uB' }
  await sender.put(
    'orders',
    ['1', '2', '3'].map((orderId) => makeOrder({ orderId, customer })),
  )
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await sender.get<IdentityConflictPage>(
      `identity-conflicts?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...body.conflicts.map(({ subject }) => subject))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(seen).toEqual(['1', '2', '3'])
})
