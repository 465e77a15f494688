import { noteMembers } from '@zhanggui/server/tiers/note-members.ts'
import { workTiers } from '@zhanggui/server/tiers/work-tiers.ts'
import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import type { TierMoves } from '@zhanggui/shared/tier.ts'
import { expect } from 'vitest'
import { makeLine, makeOrder } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { testApp } from '../support/app.ts'
import { befriend, couponTemplate, openShop } from '../support/shop.ts'
import { signIn, signInWecom } from '../support/sign-in.ts'

/** A shop with members; what the workers would do is done when asked for. */
export async function openMembership(options: Parameters<typeof testApp>[0] = {}) {
  const t = await testApp({ wecom: signInWecom(), ...options })
  const api = senderTo(t)
  await openShop(t)
  await befriend(t)
  const send = async (kind: string, records: readonly object[]) =>
    expect(await api.put(kind, records)).toMatchObject({ rejected: [] })
  /** Once, as a worker's run does it. */
  const run = () => workTiers.run({}, t.deps, { attempt: 1 })
  const story = {
    ...t,
    t,
    api,
    send,
    run,
    async work() {
      await noteIfAsked()
      await run()
    },
    /** Any time as Shanghai's clocks show it. */
    async at(time: string) {
      t.clock.set(new Date(`${time}+08:00`))
      await run()
    },
    async buy(orderId: string, amount: number, over: object = {}) {
      const placedAt = t.clock.now().toISOString()
      const customer = { memberNo: 'm1' }
      await send('orders', [makeOrder({ orderId, placedAt, customer, lines: [makeLine({ amount })], ...over })])
      await run()
    },
    async refund(refundId: string, amount: number, over: object = {}) {
      await send('refunds', [
        { refundId, refundedAt: t.clock.now().toISOString(), lines: [makeLine({ amount })], ...over },
      ])
      await run()
    },
    async tier(customer = 'wmAnna'): Promise<string | undefined> {
      const { body } = await api.get<{ member?: { tier?: string } }>(`customers/${customer}`)
      return body.member?.tier
    },
    async moves(customer = 'wmAnna') {
      return (await api.get<TierMoves>(`customers/${customer}/tier-moves`)).body.moves
    },
    grants: () =>
      t.db
        .selectFrom('benefitGrant')
        .select(['externalUserId', 'kind', 'ref', 'occasion', 'code', 'refused'])
        .orderBy('benefitGrantId')
        .execute(),
    coupons: () => t.db.selectFrom('coupon').selectAll().orderBy('issuedAt').execute(),
    async card(customer = 'wmAnna'): Promise<CustomerCard> {
      // Each time: the clock may have gone past the end of a session.
      const lin = await signIn(t, 'LinXiao')
      const answer = await lin.get(`/api/customers/${customer}`)
      expect(answer.statusCode).toBe(200)
      return answer.json()
    },
  }
  return story

  async function noteIfAsked() {
    const { rows } = await t.deps.pool.query<{ id: string }>(
      `select job.id from graphile_worker._private_jobs job
       join graphile_worker._private_tasks task on task.id = task_id where identifier = $1`,
      [noteMembers.name],
    )
    if (rows.length > 0) await noteMembers.run({}, t.deps, { attempt: 1 })
    await t.deps.pool.query('select graphile_worker.complete_jobs($1)', [rows.map(({ id }) => id)])
  }
}
export type Membership = Awaited<ReturnType<typeof openMembership>>

export const silver = { tier: 'silver', name: '银卡', rank: 1, basis: 'lifetime', threshold: 100_000 }
export const gold = { tier: 'gold', name: '金卡', rank: 2, basis: 'rolling_3_months', threshold: 500_000, graceDays: 7 }
export const anna = { memberNo: 'm1', externalUserId: 'wmAnna' }

/** Worth ¥30 without a minimum spend. */
export const monthly = (over: object = {}) =>
  couponTemplate({ couponId: 'monthly', title: '金卡月度券', value: 3000, minimumSpend: 0, stock: undefined, ...over })
