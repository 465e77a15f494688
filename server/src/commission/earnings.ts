import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { EarnedOrder, EarnedOrderPage, Earnings } from '@zhanggui/shared/commission.ts'
import type { Deps } from '../deps.ts'
import { shanghaiDay } from '../wording/days.ts'
import { type EarnedRow, listEarnedOrders, sumEarnings } from './earnings.repository.ts'
import { formulaOf } from './formula.ts'
import { boundsOf, monthOf } from './months.ts'

const DAY_MS = 86_400_000
const PAGE = 20

/** A guide's own 收益: today, and this or another month, 销售单 and 服务单 apart. */
export async function readEarnings(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  guideId: string,
  { month: asked }: { month?: string },
): Promise<Earnings> {
  const now = clock.now()
  const current = monthOf(now)
  const month = asked ?? current
  const midnight = new Date(`${shanghaiDay(now)}T00:00:00+08:00`)
  const today = await sumEarnings(db, guideId, { from: midnight, to: new Date(midnight.getTime() + DAY_MS) }, now)
  const ofMonth = await sumEarnings(db, guideId, boundsOf(month), now)
  const nothing = { amount: 0, orders: 0, pending: 0, confirmed: 0, settled: 0, reversed: 0 }
  const briefly = (credit: Credit) => {
    const { amount, orders } = today.get(credit) ?? nothing
    return { amount, orders }
  }
  return {
    month,
    isCurrent: month === current,
    today: { sales: briefly('sales'), service: briefly('service') },
    ofMonth: { sales: ofMonth.get('sales') ?? nothing, service: ofMonth.get('service') ?? nothing },
  }
}

/** The orders behind a month's figure, each with the steps that add up to its amount. `cursor`: of the page before. */
export async function pageOfEarnedOrders(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  guideId: string,
  { credit, month, cursor }: { credit: Credit; month?: string; cursor?: string },
): Promise<EarnedOrderPage> {
  const now = clock.now()
  const span = boundsOf(month ?? monthOf(now))
  const before = cursor === undefined ? undefined : Number(cursor)
  const rows = await listEarnedOrders(db, guideId, { credit, ...span, before, limit: PAGE + 1 }, now)
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    orders: rows.slice(0, PAGE).map(toOrder),
    ...(last && { nextCursor: String(last.lastEntryId) }),
  }
}

function toOrder({ orderId, placedAt, storeName, paidAmount, amount, state, steps }: EarnedRow): EarnedOrder {
  return {
    orderId,
    placedAt: placedAt.toISOString(),
    ...(storeName !== null && { storeName }),
    paidAmount,
    amount,
    state,
    steps: steps.map(({ at, kind, base, rate, amount, ruleId, ruleVersion, products }) => ({
      at: new Date(at).toISOString(),
      kind,
      amount,
      formula: formulaOf({ base, rate, amount }),
      ruleId,
      ruleVersion,
      ...(products && { products }),
    })),
  }
}
