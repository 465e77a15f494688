import type { ScopedThreshold, TierBasis } from '@zhanggui/shared/tier.ts'
import type { GeneratedAlways, JSONColumnType } from 'kysely'
import type { Recurrence } from './recurrence.ts'

export interface MembershipTierTable {
  tier: string
  name: string
  rank: number
  basis: TierBasis
  threshold: number
  thresholds: JSONColumnType<ScopedThreshold[]>
  monthlyCouponId: string | null
  graceDays: number
  active: boolean
  updatedAt: Date
}

export interface MemberBenefitTable {
  benefitId: string
  kind: 'monthly_gift' | 'member_day'
  name: string
  couponId: string | null
  tiers: string[]
  recurs: JSONColumnType<Recurrence>
  active: boolean
  createdAt: Date
  updatedAt: Date
}

export interface TierStandingTable {
  externalUserId: string
  tier: string | null
  source: 'crm' | 'rules'
  since: Date
  keptUntil: Date
  reviewAt: Date
}

export interface TierMoveTable {
  tierMoveId: GeneratedAlways<number>
  externalUserId: string
  fromTier: string | null
  toTier: string | null
  cause: 'reached' | 'lapsed' | 'told' | 'retired' | 'left'
  basis: TierBasis | null
  brand: string | null
  storeIds: string[] | null
  spend: number | null
  threshold: number | null
  at: Date
}

export interface BenefitGrantTable {
  benefitGrantId: GeneratedAlways<number>
  externalUserId: string
  memberNo: string
  kind: 'tier_coupon' | 'monthly_gift' | 'member_day'
  ref: string
  occasion: string
  couponId: string
  grantedAt: Date
  until: Date
  code: string | null
  issuedAt: Date | null
  refused: string | null
  triedAt: Date | null
}

export interface TierDueTable {
  tierDueId: GeneratedAlways<number>
  orderId: string | null
  memberNo: string | null
  externalUserId: string | null
}
