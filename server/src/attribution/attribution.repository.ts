import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Snapshot } from './take-snapshot.ts'

/** Of these orders, the version that counts; an order without one is left out. */
export async function listSnapshots(db: Db, orderIds: readonly string[]): Promise<Snapshot[]> {
  // One order at a time by the key: the plan is kept, and it does not know how many orders are asked for.
  const { rows } = await sql<Snapshot>`
    select last.* from unnest(${orderIds}::text[]) as asked (id)
    cross join lateral (
      select * from order_attribution where order_id = asked.id order by version desc limit 1
    ) last`.execute(db)
  return rows
}

/** Oldest first. */
export function listVersions(db: Db, orderId: string): Promise<Snapshot[]> {
  return db.selectFrom('orderAttribution').selectAll().where('orderId', '=', orderId).orderBy('version').execute()
}

export async function insertSnapshots(tx: Db, snapshots: readonly Snapshot[]): Promise<void> {
  if (snapshots.length === 0) return
  await sql`
    insert into order_attribution (
      order_id, version, cause, external_user_id, channel, placed_at, owner_guide_id, sharer_guide_id,
      till_sales_guide_id, till_service_guide_id, redeemer_guide_id, rule, window_days, sales_guide_id, sales_why,
      service_guide_id, service_why, reason, corrected_by, made_at
    )
    select "orderId", version, cause, "externalUserId", channel, "placedAt", "ownerGuideId", "sharerGuideId",
      "tillSalesGuideId", "tillServiceGuideId", "redeemerGuideId", rule, "windowDays", "salesGuideId", "salesWhy",
      "serviceGuideId", "serviceWhy", reason, "correctedBy", "madeAt"
    from json_to_recordset(${JSON.stringify(snapshots)}::json) as given (
      "orderId" text, version integer, cause text, "externalUserId" text, channel text, "placedAt" timestamptz,
      "ownerGuideId" text, "sharerGuideId" text, "tillSalesGuideId" text, "tillServiceGuideId" text,
      "redeemerGuideId" text, rule text, "windowDays" integer, "salesGuideId" text, "salesWhy" text, "serviceGuideId" text, "serviceWhy" text,
      reason text, "correctedBy" text, "madeAt" timestamptz
    )`.execute(tx)
}
