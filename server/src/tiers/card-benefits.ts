import type { CardBenefits } from '@zhanggui/shared/tier.ts'
import { monthOf } from '../commission/months.ts'
import type { MembershipFacts } from './card-benefits.repository.ts'
import { isFor } from './due-benefits.ts'
import { gapAbove, type Tier } from './earned.ts'
import { findTier } from './judge-tier.ts'
import { nextDay } from './recurrence.ts'

/** What a member has; `told`: the tier as the CRM's record names it, which goes before ours. */
export function tellBenefits(facts: MembershipFacts, told: string | null, now: Date): CardBenefits {
  const { tiers, benefits, standing, spending } = facts
  const called = told ?? standing?.tier ?? null
  const held = findTier(tiers, called)
  const gap = gapAbove(tiers, held?.rank ?? -1, spending?.spent ?? [])
  const gift = benefits.find((benefit) => benefit.kind === 'monthly_gift' && isFor(benefit, held))
  const memberDay = soonest(facts, held, now)
  return {
    ...(called !== null && {
      tier: {
        name: held?.name ?? called,
        source: told === null ? 'rules' : 'crm',
        ...(standing && standing.tier === (held?.tier ?? called) && { since: standing.since.toISOString() }),
      },
    }),
    // Of a tier of the CRM's own we do not know what is above it.
    ...(gap &&
      (called === null || held) && {
        next: {
          name: gap.tier.name,
          missing: gap.missing,
          ...(gap.brand !== undefined && { brand: gap.brand }),
          ...(gap.storeIds && { inStores: true }),
        },
      }),
    ...(gift && { gift: { name: gift.name, state: stateOf(gift.benefitId, facts, now) } }),
    ...(memberDay && { memberDay }),
  }
}

function stateOf(
  benefitId: string,
  { gifts, spending }: MembershipFacts,
  now: Date,
): NonNullable<CardBenefits['gift']>['state'] {
  const gift = gifts.find(({ ref, occasion }) => ref === benefitId && occasion === monthOf(now))
  if (gift?.redeemedAt) return 'used'
  if (gift?.issuedAt) return 'held'
  return gift || spending?.paid.thisMonth ? 'coming' : 'locked'
}

function soonest({ benefits }: MembershipFacts, held: Tier | undefined, now: Date): CardBenefits['memberDay'] {
  const days = benefits
    .filter((benefit) => benefit.kind === 'member_day' && isFor(benefit, held))
    .flatMap(({ name, recurs }) => {
      const day = nextDay(recurs, now)
      return day === undefined ? [] : [{ name, day }]
    })
  return days.sort((a, b) => a.day.localeCompare(b.day))[0]
}
