import type { ScopedThreshold, TierBasis } from '@zhanggui/shared/tier.ts'

/** A tier as HQ set it. */
export interface Tier {
  tier: string
  name: string
  /** Higher is better. */
  rank: number
  basis: TierBasis
  /** Fen. */
  threshold: number
  thresholds: readonly ScopedThreshold[]
  monthlyCouponId: string | null
  graceDays: number
}

/** Fen in the window of a basis: as it stands now, and as it stood when the last month ended. */
interface Windows {
  now: number
  closed: number
}

/** What one customer spent on one brand in one store; both null where nobody asks for brands and stores. */
export interface Spent extends Record<TierBasis, Windows> {
  brand: string | null
  storeId: string | null
}

/** Why a tier is earned: which threshold, and what was spent towards it. */
export interface Evidence {
  basis: TierBasis
  brand?: string
  storeIds?: readonly string[]
  spend: number
  threshold: number
}

export interface Earned {
  tier: Tier
  evidence: Evidence
}

/**
 * The best tier that the spending suffices for now, or did when the last month ended: what is heard of late counts as
 * if it had been heard of in time. Undefined: none.
 */
export function earnedTier(tiers: readonly Tier[], spent: readonly Spent[]): Earned | undefined {
  return byRank(tiers)
    .flatMap((tier) => {
      const evidence = pathsTo(tier, spent).find(({ spend, threshold }) => spend >= threshold)
      return evidence ? [{ tier, evidence }] : []
    })
    .at(-1)
}

export interface Gap extends Evidence {
  tier: Tier
  missing: number
}

/** What is missing to the tier above `rank`, by the nearest way; undefined: there is none, or it is spent already. */
export function gapAbove(tiers: readonly Tier[], rank: number, spent: readonly Spent[]): Gap | undefined {
  const tier = byRank(tiers).find((one) => one.rank > rank)
  if (!tier) return undefined
  const gaps = pathsTo(tier, spent, ['now']).map((way) => ({ ...way, tier, missing: way.threshold - way.spend }))
  const nearest = gaps.reduce<Gap | undefined>(
    (best, gap) => (best && best.missing <= gap.missing ? best : gap),
    undefined,
  )
  return nearest && nearest.missing > 0 ? nearest : undefined
}

/** Each threshold of a tier with what was spent towards it, the common one first. */
function pathsTo(
  tier: Tier,
  spent: readonly Spent[],
  moments: readonly (keyof Windows)[] = ['now', 'closed'],
): Evidence[] {
  const { basis, threshold, thresholds } = tier
  return [{ threshold }, ...thresholds].flatMap((way: ScopedThreshold) =>
    moments.map((moment) => ({
      ...way,
      basis,
      spend: sum(spent.filter((part) => isWithin(part, way)).map((part) => part[basis][moment])),
    })),
  )
}

function isWithin({ brand, storeId }: Spent, way: ScopedThreshold): boolean {
  if (way.brand !== undefined) return brand === way.brand
  if (way.storeIds !== undefined) return storeId !== null && way.storeIds.includes(storeId)
  return true
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}

function byRank(tiers: readonly Tier[]): Tier[] {
  return [...tiers].sort((a, b) => a.rank - b.rank)
}
