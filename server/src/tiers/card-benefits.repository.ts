import type { Db } from '../db/connection.ts'
import type { Standing } from './judge-tier.ts'
import { readSettings, type Settings } from './settings.repository.ts'
import { listSpending, type Spending } from './spent.repository.ts'
import { listStandings } from './standings.repository.ts'

/** This month's gifts of a customer. */
export interface GiftGrant {
  ref: string
  occasion: string
  issuedAt: Date | null
  redeemedAt: Date | null
}

export interface MembershipFacts extends Settings {
  standing: Standing | undefined
  spending: Spending | undefined
  gifts: GiftGrant[]
}

/** Undefined where HQ has set neither tiers nor benefits. */
export async function readMembership(db: Db, externalUserId: string, now: Date): Promise<MembershipFacts | undefined> {
  const settings = await readSettings(db)
  if (settings.tiers.length + settings.benefits.length === 0) return undefined
  const [standings, spending, gifts] = await Promise.all([
    listStandings(db, [externalUserId]),
    listSpending(db, [externalUserId], settings.tiers, now),
    listGifts(db, externalUserId),
  ])
  return { ...settings, standing: standings.get(externalUserId), spending: spending.get(externalUserId), gifts }
}

/** The tier a customer was judged to be in. */
export async function findTierByRules(db: Db, externalUserId: string): Promise<string | null> {
  const row = await db
    .selectFrom('tierStanding')
    .select('tier')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return row?.tier ?? null
}

function listGifts(db: Db, externalUserId: string): Promise<GiftGrant[]> {
  return db
    .selectFrom('benefitGrant')
    .leftJoin('coupon', 'coupon.code', 'benefitGrant.code')
    .select(['benefitGrant.ref', 'benefitGrant.occasion', 'benefitGrant.issuedAt', 'coupon.redeemedAt'])
    .where('benefitGrant.externalUserId', '=', externalUserId)
    .where('benefitGrant.kind', '=', 'monthly_gift')
    .orderBy('benefitGrant.occasion', 'desc')
    .limit(20)
    .execute()
}
