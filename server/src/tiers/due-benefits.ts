import { boundsOf, monthOf, shiftMonth } from '../commission/months.ts'
import { shanghaiDay } from '../wording/days.ts'
import type { Tier } from './earned.ts'
import { endOfGrace, endOfMonth, findTier, type Standing } from './judge-tier.ts'
import { isOn, nextDay, type Recurrence, shiftDay, startOf } from './recurrence.ts'
import type { BenefitGrantTable } from './tiers.table.ts'

/** A gift or a member day as HQ set it. */
export interface Benefit {
  benefitId: string
  kind: 'monthly_gift' | 'member_day'
  name: string
  couponId: string | null
  /** Empty: every member. */
  tiers: readonly string[]
  recurs: Recurrence
  createdAt: Date
}

/** What a member is to get, and for what: nobody gets anything twice for one occasion. */
export type Due = Pick<BenefitGrantTable, 'kind' | 'ref' | 'occasion' | 'couponId' | 'until'>

interface Case {
  tiers: readonly Tier[]
  benefits: readonly Benefit[]
  standing: Standing
  /** Whether a paid order, not wholly refunded, was placed in this and in the last month. */
  paid: { thisMonth: boolean; lastMonth: boolean }
  now: Date
}

export function dueBenefits({ tiers, benefits, standing, paid, now }: Case): Due[] {
  const held = findTier(tiers, standing.tier)
  const month = monthOf(now)
  const until = endOfMonth(now)
  const coupon: Due[] = held?.monthlyCouponId
    ? [{ kind: 'tier_coupon', ref: held.tier, occasion: month, couponId: held.monthlyCouponId, until }]
    : []
  const others = benefits.flatMap((benefit): Due[] => {
    const { benefitId: ref, kind, couponId } = benefit
    if (couponId === null || !isFor(benefit, held)) return []
    if (kind === 'member_day') {
      const today = shanghaiDay(now)
      return isOn(benefit.recurs, today)
        ? [{ kind, ref, occasion: today, couponId, until: startOf(shiftDay(today, 1)) }]
        : []
    }
    // A till may tell of the last evening of a month on the first of the next.
    const isOfLastMonth = paid.lastMonth && benefit.createdAt < boundsOf(month).from
    const months = [...(paid.thisMonth ? [month] : []), ...(isOfLastMonth ? [shiftMonth(month, -1)] : [])]
    return months.map((occasion) => ({ kind, ref, occasion, couponId, until }))
  })
  return [...coupon, ...others]
}

export function isFor({ tiers }: Pick<Benefit, 'tiers'>, held: Tier | undefined): boolean {
  return tiers.length === 0 || (held !== undefined && tiers.includes(held.tier))
}

/** When time alone may change something for a member who stands so. */
export function reviewAt({ tiers, benefits, standing, now }: Omit<Case, 'paid'>): Date {
  const held = findTier(tiers, standing.tier)
  const graceEnd = held && standing.keptUntil <= now ? [endOfGrace(held, standing.keptUntil)] : []
  const tomorrow = startOf(shiftDay(shanghaiDay(now), 1))
  const days = benefits.flatMap(({ kind, couponId, recurs }) => {
    const day = kind === 'member_day' && couponId !== null ? nextDay(recurs, tomorrow) : undefined
    return day === undefined ? [] : [startOf(day)]
  })
  const moments = [endOfMonth(now), ...graceEnd, ...days].map((moment) => moment.getTime())
  return new Date(Math.min(...moments))
}
