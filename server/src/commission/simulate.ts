import type { Simulation, SimulationWish } from '@zhanggui/shared/commission.ts'
import { listSnapshots } from '../attribution/attribution.repository.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { readPeriod } from '../open-api/period.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import type { RuleVersion } from './choose-rule.ts'
import { boundsOf, monthOf, shiftMonth } from './months.ts'
import { listSoldOrders } from './order-money.repository.ts'
import { addTo, type Outcome, outcomeUnder, totalOf } from './outcome.ts'
import { toRule } from './rule-kind.ts'
import { listRules } from './rules.repository.ts'
import { listOrderIds } from './simulated-orders.repository.ts'

const BATCH = 500
const MOST_DAYS = 93

/**
 * What guides would have earned by the orders of a past period, after refunds: under the rules that stood, and as if
 * the given ones had stood all the while. Nothing is written.
 */
export async function simulateRules(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  wish: SimulationWish,
): Promise<Simulation> {
  const { from, to } = periodOf(wish, clock.now())
  const present = await listRules(db)
  const proposed = [...present, ...wish.rules.map((record) => proposedRule(record, present, new Date(from)))]
  const outcomes = { current: new Map<string, Outcome>(), proposed: new Map<string, Outcome>() }
  let orders = 0
  for (let ids = await listOrderIds(db, { from, to, limit: BATCH }); ids.length > 0; ) {
    orders += ids.length
    const credits = new Map((await listSnapshots(db, ids)).map((snapshot) => [snapshot.orderId, snapshot]))
    for (const order of await listSoldOrders(db, ids)) {
      const snapshot = credits.get(order.orderId)
      if (!snapshot) continue
      addTo(outcomes.current, outcomeUnder(present, order, snapshot))
      addTo(outcomes.proposed, outcomeUnder(proposed, order, snapshot))
    }
    ids = await listOrderIds(db, { from, to, after: ids.at(-1), limit: BATCH })
  }
  return { from, to, orders, ...summaryOf(outcomes) }
}

function summaryOf({ current, proposed }: Record<'current' | 'proposed', Map<string, Outcome>>) {
  const nothing = { sales: 0, service: 0 }
  const guideIds = [...new Set([...current.keys(), ...proposed.keys()])].sort()
  return {
    current: totalOf(current),
    proposed: totalOf(proposed),
    rows: guideIds.map((guideId) => ({
      guideId,
      current: current.get(guideId) ?? nothing,
      proposed: proposed.get(guideId) ?? nothing,
    })),
  }
}

/** Last month, unless the wish names a period. */
function periodOf({ from, to }: SimulationWish, now: Date): { from: string; to: string } {
  if ((from === undefined) !== (to === undefined))
    throw new AppError('validation_failed', { detail: 'from and to must be given together' })
  const lastMonth = boundsOf(shiftMonth(monthOf(now), -1))
  const period = readPeriod({ from: from ?? lastMonth.from.toISOString(), to: to ?? lastMonth.to.toISOString() })
  if (Date.parse(period.to) - Date.parse(period.from) > MOST_DAYS * 86_400_000)
    throw new AppError('validation_failed', { detail: `a simulation covers at most ${MOST_DAYS} days` })
  return period
}

/** The rule as its next version, in effect from the beginning of the period and throughout. */
function proposedRule(
  record: SimulationWish['rules'][number],
  present: readonly RuleVersion[],
  effectiveFrom: Date,
): RuleVersion {
  try {
    const versions = present.filter(({ ruleId }) => ruleId === record.ruleId).map(({ version }) => version)
    return { ...toRule(record), effectiveFrom, effectiveTo: null, version: Math.max(0, ...versions) + 1 }
  } catch (error) {
    if (!(error instanceof RecordFault)) throw error
    throw new AppError('validation_failed', { detail: `rule ${record.ruleId}: ${error.fault.detail}` })
  }
}
