import type { ScopedThreshold, TierBasis } from '@zhanggui/shared/tier.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Benefit } from './due-benefits.ts'
import type { Tier } from './earned.ts'
import type { Recurrence } from './recurrence.ts'

export interface Settings {
  tiers: Tier[]
  benefits: Benefit[]
}

/** What is in force. */
export async function readSettings(db: Db): Promise<Settings> {
  const [tiers, benefits] = await Promise.all([
    db.selectFrom('membershipTier').selectAll().where('active', '=', true).orderBy('rank').execute(),
    db.selectFrom('memberBenefit').selectAll().where('active', '=', true).orderBy('benefitId').execute(),
  ])
  return { tiers, benefits }
}

export interface TierRow {
  tier: string
  name: string
  rank: number
  basis: TierBasis
  threshold: number
  thresholds: ScopedThreshold[]
  monthlyCouponId: string | null
  graceDays: number
  active: boolean
}

/** Gives the tiers that are new or now different. */
export async function upsertTiers(db: Db, tiers: readonly TierRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ tier: string }>`
    insert into membership_tier as t (
      tier, name, rank, basis, threshold, thresholds, monthly_coupon_id, grace_days, active, updated_at
    )
    select tier, name, rank, basis, threshold, thresholds, "monthlyCouponId", "graceDays", active, ${now}
    from json_to_recordset(${JSON.stringify(tiers)}::json) as given (
      tier text, name text, rank integer, basis text, threshold bigint, thresholds jsonb, "monthlyCouponId" text,
      "graceDays" integer, active boolean
    )
    order by tier
    on conflict (tier) do update set
      name = excluded.name, rank = excluded.rank, basis = excluded.basis, threshold = excluded.threshold,
      thresholds = excluded.thresholds, monthly_coupon_id = excluded.monthly_coupon_id,
      grace_days = excluded.grace_days, active = excluded.active, updated_at = excluded.updated_at
    where (t.name, t.rank, t.basis, t.threshold, t.thresholds, t.monthly_coupon_id, t.grace_days, t.active)
      is distinct from (excluded.name, excluded.rank, excluded.basis, excluded.threshold, excluded.thresholds,
        excluded.monthly_coupon_id, excluded.grace_days, excluded.active)
    returning tier`.execute(db)
  return rows.map(({ tier }) => tier)
}

export interface BenefitRow {
  benefitId: string
  kind: Benefit['kind']
  name: string
  couponId: string | null
  tiers: string[]
  recurs: Recurrence
  active: boolean
}

export async function upsertBenefits(db: Db, benefits: readonly BenefitRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ benefitId: string }>`
    insert into member_benefit as b (
      benefit_id, kind, name, coupon_id, tiers, recurs, active, created_at, updated_at
    )
    select "benefitId", kind, name, "couponId", tiers, recurs, active, ${now}, ${now}
    from json_to_recordset(${JSON.stringify(benefits)}::json) as given (
      "benefitId" text, kind text, name text, "couponId" text, tiers text[], recurs jsonb, active boolean
    )
    order by "benefitId"
    on conflict (benefit_id) do update set
      kind = excluded.kind, name = excluded.name, coupon_id = excluded.coupon_id, tiers = excluded.tiers,
      recurs = excluded.recurs, active = excluded.active, updated_at = excluded.updated_at
    where (b.kind, b.name, b.coupon_id, b.tiers, b.recurs, b.active)
      is distinct from
      (excluded.kind, excluded.name, excluded.coupon_id, excluded.tiers, excluded.recurs, excluded.active)
    returning benefit_id`.execute(db)
  return rows.map(({ benefitId }) => benefitId)
}

/** The templates among these that are here. */
export function listTemplates(db: Db, couponIds: readonly string[]) {
  return db
    .selectFrom('couponTemplate')
    .select(['couponId', 'kind', 'value', 'minimumSpend'])
    .where(sql<boolean>`coupon_id = any(${[...couponIds]}::text[])`)
    .execute()
}
