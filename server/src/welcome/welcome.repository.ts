import type { WelcomeOutcome } from '@zhanggui/shared/customer.ts'
import type { WelcomeAttachment, WelcomeMatch } from '@zhanggui/shared/welcome.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface WelcomeClaim {
  claimKey: string
  guideUserId: string
  externalUserId: string
  eventAt: Date
  receivedAt: Date
  channelState: string | undefined
}

/** What our own database knows for a welcome. */
export interface WelcomeKnowledge {
  guideName: string | null
  storeId: string | null
  storeName: string | null
  customerName: string | null
  /** By id, or by a unionid we know. */
  isMember: boolean
  /** Whose state the friend brought; the rule only while the channel is valid. */
  channel: { channelId: string; ruleId: string | null } | null
  rules: WelcomeRule[]
}

export interface WelcomeRule {
  ruleId: string
  text: string
  memberText: string | null
  attachments: WelcomeAttachment[]
  match: WelcomeMatch
  priority: number
}

export interface ClaimedWelcome extends WelcomeKnowledge {
  welcomeId: number
  /** Not null: somebody has already settled it. */
  outcome: WelcomeOutcome | null
}

/** Takes the welcome on and brings all that is known for it, in one round trip: nothing may make it wait. */
export async function claimWelcome(db: Db, claim: WelcomeClaim): Promise<ClaimedWelcome> {
  const { rows } = await sql<ClaimedWelcome>`
    with claimed as (
      insert into welcome (claim_key, guide_user_id, external_user_id, event_at, received_at)
      values (${claim.claimKey}, ${claim.guideUserId}, ${claim.externalUserId}, ${claim.eventAt}, ${claim.receivedAt})
      on conflict (claim_key) do update set claim_key = excluded.claim_key
      returning welcome_id, outcome, guide_user_id, external_user_id
    )
    select welcome_id, outcome, guide.name as guide_name, guide.store_id, store.name as store_name,
      customer.name as customer_name,
      exists (
        select from member
        where member.external_user_id = claimed.external_user_id or member.union_id = customer.union_id
      ) as is_member,
      (
        select json_build_object('channelId', channel_id, 'ruleId', case when
          coalesce(valid_from <= ${claim.eventAt}, true) and coalesce(valid_to > ${claim.eventAt}, true) then rule_id end)
        from channel where state = ${claim.channelState ?? null}
      ) as channel,
      (
        select coalesce(json_agg(json_build_object(
          'ruleId', rule_id, 'text', text, 'memberText', member_text, 'attachments', attachments, 'match', match,
          'priority', priority
        )), '[]') from welcome_rule
      ) as rules
    from claimed
    left join guide on lower(guide.user_id) = lower(claimed.guide_user_id)
    left join store on store.store_id = guide.store_id
    left join customer on customer.external_user_id = claimed.external_user_id
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('an upsert returned no row')
  return row
}

/** A friend without a code, unless a welcome of the last day already reached this pair (doc 92130, half-add). */
export async function recordNoCode(
  db: Db,
  { claimKey, ...claim }: Omit<WelcomeClaim, 'channelState'>,
): Promise<boolean> {
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

/** Writes down how the welcome ended; `invitedBy`: the invitation that went out with it. */
export async function settleWelcome(
  db: Db,
  welcomeId: number,
  { invitedBy, ...result }: WelcomeResult & { invitedBy: number | undefined },
): Promise<void> {
  await db
    .with('invited', (query) =>
      query
        .updateTable('invitation')
        .set({ invitedAt: sql`coalesce(invited_at, ${result.finishedAt})` })
        .where('invitationId', '=', invitedBy ?? 0),
    )
    .updateTable('welcome')
    .set(result)
    .where('welcomeId', '=', welcomeId)
    .execute()
}
