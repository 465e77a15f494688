import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Due } from './due-benefits.ts'

export type GrantRow = Due & { externalUserId: string; memberNo: string; grantedAt: Date }

/** The unique keys decide: what somebody else wrote first, or an earlier run, is left alone. */
export async function insertGrants(tx: Db, grants: readonly GrantRow[]): Promise<void> {
  await sql`
    insert into benefit_grant (
      external_user_id, member_no, kind, ref, occasion, coupon_id, granted_at, until
    )
    select "externalUserId", "memberNo", kind, ref, occasion, "couponId", "grantedAt", until
    from json_to_recordset(${JSON.stringify(grants)}::json) as given (
      "externalUserId" text, "memberNo" text, kind text, ref text, occasion text, "couponId" text,
      "grantedAt" timestamptz, until timestamptz
    )
    order by "externalUserId", kind, ref, occasion
    on conflict do nothing`.execute(tx)
}

export interface OpenGrant {
  benefitGrantId: number
  externalUserId: string
  couponId: string
  kind: Due['kind']
}

/**
 * Not issued yet: never tried, or its template was changed since, or refused an hour ago for a reason that may pass by
 * itself.
 */
export async function listOpenGrants(
  db: Db,
  { after, now, limit }: { after: number; now: Date; limit: number },
): Promise<OpenGrant[]> {
  const { rows } = await sql<OpenGrant>`
    select g.benefit_grant_id, g.external_user_id, g.coupon_id, g.kind
    from benefit_grant g left join coupon_template t using (coupon_id)
    where g.code is null and g.until > ${now} and g.benefit_grant_id > ${after}
      and (g.tried_at is null or t.updated_at >= g.tried_at
        or g.refused <> 'coupon_limit_reached' and g.tried_at <= ${new Date(now.getTime() - RETRY_MS)})
    order by g.benefit_grant_id limit ${limit}`.execute(db)
  return rows
}

const RETRY_MS = 55 * 60_000

/** False: issued meanwhile, or somebody is at it. */
export async function claimGrant(tx: Db, benefitGrantId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('benefitGrant')
    .select('benefitGrantId')
    .where('benefitGrantId', '=', benefitGrantId)
    .where('code', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}

export async function keepIssued(tx: Db, benefitGrantId: number, code: string, at: Date): Promise<void> {
  await tx
    .updateTable('benefitGrant')
    .set({ code, issuedAt: at, refused: null, triedAt: at })
    .where('benefitGrantId', '=', benefitGrantId)
    .execute()
}

/** How many of this template the customer got for other occasions: they do not count towards what she may have now. */
export async function countEarlier(tx: Db, { externalUserId, couponId }: OpenGrant): Promise<number> {
  const { count } = await tx
    .selectFrom('benefitGrant')
    .innerJoin('coupon', 'coupon.code', 'benefitGrant.code')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('benefitGrant.externalUserId', '=', externalUserId)
    .where('benefitGrant.couponId', '=', couponId)
    .where('coupon.withdrawnAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export async function refuseGrant(db: Db, benefitGrantId: number, refused: string, at: Date): Promise<void> {
  await db
    .updateTable('benefitGrant')
    .set({ refused, triedAt: at })
    .where('benefitGrantId', '=', benefitGrantId)
    .where('code', 'is', null)
    .execute()
}

/** What stands against one stands against all who wait for the same coupon. */
export async function refuseAll(db: Db, couponId: string, refused: string, at: Date): Promise<void> {
  await db
    .updateTable('benefitGrant')
    .set({ refused, triedAt: at })
    .where('couponId', '=', couponId)
    .where('code', 'is', null)
    .where('until', '>', at)
    .execute()
}

/** Per template: how many wait in vain, and why. */
export async function listRefused(
  db: Db,
  now: Date,
): Promise<{ couponId: string; title: string | null; refused: string; members: number }[]> {
  const { rows } = await sql<{ couponId: string; title: string | null; refused: string; members: number }>`
    select g.coupon_id, min(t.title) as title, min(g.refused) as refused, count(*)::int as members
    from benefit_grant g left join coupon_template t using (coupon_id)
    where g.code is null and g.refused is not null and g.until > ${now}
    group by g.coupon_id order by g.coupon_id`.execute(db)
  return rows
}
