import { customerOfOrder, customerOfRefund } from '@zhanggui/server/identity/resolve.repository.ts'
import { resolveAll } from '@zhanggui/server/identity/resolve-all.repository.ts'
import { ordersOf } from '@zhanggui/server/orders/orders-of.repository.ts'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { makeMember, makeOrder, makeRefund } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'
import fc from '../support/properties.ts'

const t = await testApp()
afterAll(() => t[Symbol.asyncDispose]())
const sender = senderTo(t)

const few = <T>(arb: fc.Arbitrary<T>, most: number) => fc.array(arb, { maxLength: most })
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 })
const customer = fc.constantFrom('wmA', 'wmB', 'wmC')
const union = fc.constantFrom('u1', 'u2')
const phone = fc.constantFrom('13812345678', '13812345679')
const memberNo = fc.constantFrom('m1', 'm2', 'm3')
const ids = fc.record({
  externalUserId: maybe(customer),
  memberNo: maybe(fc.oneof(memberNo, fc.constant('f1'))),
  unionId: maybe(union),
  phone: maybe(phone),
})
const decision = fc.record({
  kind: fc.constantFrom('order', 'refund', 'member_no', 'union_id', 'phone'),
  index: fc.nat({ max: 2 }),
  customer,
})

/** A world of few people and fewer ids, so that they collide. */
const world = fc.record({
  customers: fc.uniqueArray(fc.record({ id: customer, unionId: maybe(union) }), { selector: ({ id }) => id }),
  members: fc.uniqueArray(
    fc.record({
      memberNo,
      externalUserId: maybe(customer),
      unionId: maybe(union),
      phone: maybe(phone),
      verified: fc.boolean(),
    }),
    { selector: ({ memberNo }) => memberNo },
  ),
  former: fc.boolean(),
  orders: few(ids, 5),
  refunds: few(fc.record({ customer: ids, order: fc.option(fc.nat({ max: 6 }), { nil: undefined }) }), 4),
  decisions: fc.uniqueArray(decision, { selector: ({ kind, index }) => `${kind} ${index}`, maxLength: 3 }),
})
type World = typeof world extends fc.Arbitrary<infer W> ? W : never

async function build(w: World): Promise<void> {
  await sql`truncate customer, member, sales_order, sales_order_line, sales_order_revision, sales_refund, sales_refund_line,
    sales_refund_revision, identity_decision, former_member_no cascade`.execute(t.db)
  const at = t.clock.now()
  for (const { id, unionId } of w.customers)
    await t.db.insertInto('customer').values({ externalUserId: id, unionId, createdAt: at }).execute()
  const taken = new Set<string>()
  for (const { verified, externalUserId, ...member } of w.members) {
    const own = externalUserId !== undefined && !taken.has(externalUserId) ? externalUserId : undefined
    if (own) taken.add(own)
    await sender.put('members', [makeMember({ ...member, externalUserId: own })])
    if (!verified)
      await t.db.updateTable('member').set({ phoneVerifiedAt: null }).where('memberNo', '=', member.memberNo).execute()
  }
  const [first] = w.members
  if (w.former && first)
    await t.db
      .insertInto('formerMemberNo')
      .values({ formerNo: 'f1', memberNo: first.memberNo, replacedAt: at })
      .execute()
  if (w.orders.length > 0)
    await sender.put(
      'orders',
      w.orders.map((customer, index) => makeOrder({ orderId: `o${index}`, customer })),
    )
  if (w.refunds.length > 0)
    await sender.put(
      'refunds',
      w.refunds.map(({ customer, order }, index) =>
        makeRefund({ refundId: `r${index}`, customer, ...(order !== undefined && { orderId: `o${order}` }) }),
      ),
    )
  const values: Record<string, string[]> = {
    order: ['o0', 'o1', 'o2'],
    refund: ['r0', 'r1', 'r2'],
    member_no: ['m1', 'm2', 'm3'],
    union_id: ['u1', 'u2', 'u9'],
    phone: ['13812345678', '13812345679', '13812345670'].map((number) => t.deps.cipher.hash(number)),
  }
  for (const { kind, index, customer: externalUserId } of w.decisions)
    await t.db
      .insertInto('identityDecision')
      .values({
        kind: kind as 'order',
        value: values[kind]?.[index] ?? '',
        externalUserId,
        cause: 'decision',
        claimants: [],
        decidedBy: 'x',
        decidedAt: at,
      })
      .execute()
}

test('one rule says whose a sale is: asked of one order, of all at once, and of a customer', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (w) => {
      await build(w)
      const { rows: one } = await sql<{ id: string; customer: string | null }>`
        select 'o' || order_id as id, ${customerOfOrder} as customer from sales_order o
        union all select 'r' || refund_id, ${customerOfRefund} from sales_refund r order by id`.execute(t.db)
      const { rows: all } = await sql<{ id: string; customer: string | null }>`
        with ${resolveAll({ refunds: true })}
        select 'o' || order_id as id, customer from resolved_order
        union all select 'r' || refund_id, customer from resolved_refund order by id`.execute(t.db)
      expect(all).toEqual(one)
      for (const id of ['wmA', 'wmB', 'wmC']) {
        const { rows: own } = await sql<{ id: string }>`
          select 'o' || order_id as id from ${ordersOf(id)} own order by id`.execute(t.db)
        const orders = one.filter((row) => row.id.startsWith('o') && row.customer === id)
        expect(own.map((row) => row.id)).toEqual(orders.map((row) => row.id))
        const { body } = await sender.get<{ totals?: { refunded: number } }>(`customers/${id}`)
        const refunds = one.filter((row) => row.id.startsWith('r') && row.customer === id)
        expect(body.totals?.refunded ?? 0).toBe(refunds.length * 129_900)
      }
    }),
    { numRuns: 60 },
  )
})
