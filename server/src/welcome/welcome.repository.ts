import type { WelcomeOutcome } from '@zhanggui/shared/customer.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface WelcomeClaim {
  claimKey: string
  guideUserId: string
  externalUserId: string
  eventAt: Date
  receivedAt: Date
}

/** Takes the welcome on; gives its row as it stands, whose outcome says whether somebody has already settled it. */
export async function claimWelcome(db: Db, claim: WelcomeClaim) {
  const { rows } = await sql<{ welcomeId: number; outcome: WelcomeOutcome | null }>`
    insert into welcome (claim_key, guide_user_id, external_user_id, event_at, received_at)
    values (${claim.claimKey}, ${claim.guideUserId}, ${claim.externalUserId}, ${claim.eventAt}, ${claim.receivedAt})
    on conflict (claim_key) do update set claim_key = excluded.claim_key
    returning welcome_id, outcome
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('an upsert returned no row')
  return row
}

/** A friend without a code, unless a welcome of the last day already reached this pair (doc 92130, half-add). */
export async function recordNoCode(db: Db, { claimKey, ...claim }: WelcomeClaim): Promise<boolean> {
  const { rows } = await sql<{ welcomeId: number }>`
    insert into welcome (claim_key, guide_user_id, external_user_id, event_at, received_at, outcome, finished_at)
    select ${claimKey}, ${claim.guideUserId}, ${claim.externalUserId}, ${claim.eventAt}::timestamptz,
           ${claim.receivedAt}::timestamptz, 'no_code', ${claim.receivedAt}::timestamptz
    where not exists (
      select from welcome
      where external_user_id = ${claim.externalUserId} and guide_user_id = ${claim.guideUserId}
        and outcome is distinct from 'no_code'
        and event_at > ${claim.eventAt}::timestamptz - interval '1 day' and event_at <= ${claim.eventAt}
    )
    on conflict (claim_key) do nothing
    returning welcome_id
  `.execute(db)
  return rows.length > 0
}

export interface WelcomeResult {
  outcome: WelcomeOutcome
  reason: string | null
  errcode: number | null
  ruleId: string | null
  finishedAt: Date
  latencyMs: number | null
}

export async function settleWelcome(db: Db, welcomeId: number, result: WelcomeResult): Promise<void> {
  await db.updateTable('welcome').set(result).where('welcomeId', '=', welcomeId).execute()
}

/** What our own database knows for a welcome: who the guide is, where, and whether the customer has a name. */
export function findWelcomePlace(db: Db, guideUserId: string) {
  return db
    .selectFrom('guide')
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .select(['guide.name as guideName', 'guide.storeId', 'store.name as storeName'])
    .where(sql`lower(guide.user_id)`, '=', guideUserId.toLowerCase())
    .executeTakeFirst()
}

export function findCustomerName(db: Db, externalUserId: string) {
  return db
    .selectFrom('customer')
    .select(['name', 'unionId'])
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
}

export function listWelcomeRules(db: Db) {
  return db.selectFrom('welcomeRule').selectAll().execute()
}
