import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { NewEntry, Posted } from './entries.ts'

export interface PostedOrder {
  orderId: string
  lastEntryNo: number
  posted: Posted[]
}

/** What the ledger holds of these orders; an order without entries is left out. */
export async function listPosted(db: Db, orderIds: readonly string[]): Promise<PostedOrder[]> {
  const { rows } = await sql<PostedOrder>`
    select asked.id as order_id, max(last_no) as last_entry_no, jsonb_agg(jsonb_build_object(
      'guideId', guide_id, 'credit', credit, 'ruleId', rule_id, 'ruleVersion', rule_version, 'rate', rate,
      'refundId', refund_id, 'base', base, 'amount', amount
    ) order by first_no) as posted
    from unnest(${orderIds}::text[]) as asked (id)
    cross join lateral (
      select max(guide_user_id) as guide_id, credit, rule_id, rule_version, rate, refund_id,
        sum(base) as base, sum(amount) as amount, min(entry_no) as first_no, max(entry_no) as last_no
      from commission_entry where order_id = asked.id
      group by lower(guide_user_id), credit, rule_id, rule_version, rate, refund_id
    ) as sums
    group by asked.id`.execute(db)
  return rows
}

export interface EntryRow extends NewEntry {
  orderId: string
  entryNo: number
  orderRevision: number
  attributionVersion: number
  termsVersion: number
  confirmsAt: Date
  postedAt: Date
}

export async function insertEntries(tx: Db, entries: readonly EntryRow[]): Promise<void> {
  if (entries.length === 0) return
  await sql`
    insert into commission_entry (
      order_id, entry_no, guide_user_id, credit, kind, refund_id, rule_id, rule_version, rate, base, amount,
      order_revision, attribution_version, terms_version, occurred_at, confirms_at, posted_at
    )
    select "orderId", "entryNo", "guideId", credit, kind, "refundId", "ruleId", "ruleVersion", rate, base, amount,
      "orderRevision", "attributionVersion", "termsVersion", "occurredAt", "confirmsAt", "postedAt"
    from json_to_recordset(${JSON.stringify(entries)}::json) as given (
      "orderId" text, "entryNo" integer, "guideId" text, credit text, kind text, "refundId" text, "ruleId" text,
      "ruleVersion" integer, rate integer, base bigint, amount bigint, "orderRevision" integer,
      "attributionVersion" integer, "termsVersion" integer, "occurredAt" timestamptz, "confirmsAt" timestamptz,
      "postedAt" timestamptz
    )
    order by "orderId", "entryNo"`.execute(tx)
}
