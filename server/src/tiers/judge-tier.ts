import { boundsOf, monthOf } from '../commission/months.ts'
import type { Earned, Evidence, Tier } from './earned.ts'
import type { TierMoveTable } from './tiers.table.ts'

export interface Standing {
  tier: string | null
  source: 'crm' | 'rules'
  since: Date
  /** The end of the period: from then on the tier must have been earned again. */
  keptUntil: Date
}

export interface Move {
  from: string | null
  to: string | null
  cause: TierMoveTable['cause']
  evidence?: Evidence
}

export interface Verdict {
  standing: Standing
  move?: Move
}

interface Case {
  tiers: readonly Tier[]
  /** Undefined: nobody has judged this member yet. */
  standing: Standing | undefined
  /** What the CRM's last record calls the tier; null: it says nothing. */
  told: string | null
  earned: Earned | undefined
  now: Date
}

/**
 * Where a member stands. As long as the CRM's record names a tier it is that one; from the first record without, the
 * rules go on from there. By the rules a tier is reached at once and kept until the month is over; whoever has not
 * earned it again by then loses it when the grace is over too.
 */
export function judgeTier(given: Case): Verdict {
  return given.told === null ? byRules(given) : byCrm(given, given.told)
}

/** The CRM may use our id or the name; a tier we do not know is shown as it says. */
export function findTier(tiers: readonly Tier[], called: string | null): Tier | undefined {
  return tiers.find(({ tier }) => tier === called) ?? tiers.find(({ name }) => name === called)
}

function byCrm({ tiers, standing, now }: Case, told: string): Verdict {
  const tier = findTier(tiers, told)?.tier ?? told
  const keptUntil = endOfMonth(now)
  if (standing?.tier === tier) return { standing: { tier, source: 'crm', since: standing.since, keptUntil } }
  return {
    standing: { tier, source: 'crm', since: now, keptUntil },
    move: { from: standing?.tier ?? null, to: tier, cause: 'told' },
  }
}

function byRules({ tiers, standing, earned, now }: Case): Verdict {
  const held = findTier(tiers, standing?.tier ?? null)
  const move = (cause: Move['cause']): Verdict => ({
    standing: { tier: earned?.tier.tier ?? null, source: 'rules', since: now, keptUntil: endOfMonth(now) },
    move: {
      from: standing?.tier ?? null,
      to: earned?.tier.tier ?? null,
      cause,
      ...(earned && { evidence: earned.evidence }),
    },
  })
  const stay = (keptUntil: Date): Verdict => ({
    standing: { tier: held?.tier ?? null, source: 'rules', since: standing?.since ?? now, keptUntil },
  })
  const rank = held?.rank ?? -1
  const earnedRank = earned?.tier.rank ?? -1
  if (earnedRank > rank) return move('reached')
  if (!held) return standing?.tier != null ? move('retired') : stay(endOfMonth(now))
  // Handed over by the CRM in the middle of a month: judged at its end like all others.
  const keptUntil = standing?.source === 'rules' ? standing.keptUntil : endOfMonth(now)
  if (now < keptUntil) return stay(keptUntil)
  if (earnedRank === rank) return stay(endOfMonth(now))
  return now < endOfGrace(held, keptUntil) ? stay(keptUntil) : move('lapsed')
}

export function endOfGrace({ graceDays }: Tier, keptUntil: Date): Date {
  return new Date(keptUntil.getTime() + graceDays * 86_400_000)
}

/** In Asia/Shanghai. */
export function endOfMonth(now: Date): Date {
  return boundsOf(monthOf(now)).to
}
