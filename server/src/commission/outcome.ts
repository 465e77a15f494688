import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { Snapshot } from '../attribution/take-snapshot.ts'
import type { RuleVersion } from './choose-rule.ts'
import type { SoldOrder } from './order-money.repository.ts'
import { type Due, owedFor } from './owed.ts'
import { creditsOf, pickTerms, withRates } from './pick-terms.ts'

export type Outcome = Record<Credit, number>

/** What an order earns under these rules, as if none had been promised before. */
export function outcomeUnder(rules: readonly RuleVersion[], order: SoldOrder, snapshot: Snapshot): Due[] {
  const terms = pickTerms({ ...order, credits: creditsOf(snapshot) }, undefined, rules, 0, order.placedAt)
  return owedFor({
    ...order,
    picks: withRates(terms?.picks ?? [], rules),
    guides: { sales: snapshot.salesGuideId, service: snapshot.serviceGuideId },
  })
}

export function addTo(outcomes: Map<string, Outcome>, dues: readonly Due[]): void {
  for (const { guideId, credit, amount } of dues) {
    const outcome = outcomes.get(guideId) ?? { sales: 0, service: 0 }
    outcomes.set(guideId, { ...outcome, [credit]: outcome[credit] + amount })
  }
}

export function totalOf(outcomes: ReadonlyMap<string, Outcome>): Outcome {
  const all = [...outcomes.values()]
  return {
    sales: all.reduce((sum, { sales }) => sum + sales, 0),
    service: all.reduce((sum, { service }) => sum + service, 0),
  }
}
