import type { OrderRecord } from '@zhanggui/shared/order.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface OrderRow {
  orderId: string
  channel: OrderRecord['channel']
  /** RFC 3339 */
  placedAt: string
  storeId: string | null
  externalUserId: string | null
  memberNo: string | null
  unionId: string | null
  phoneHash: string | null
  salesGuideId: string | null
  serviceGuideId: string | null
  shareToken: string | null
  couponCodes: string[]
  paidAmount: number
  lines: OrderRecord['lines']
  /** Of everything above but the time, which the database compares. */
  digest: string
  /** As sent, but for the customer's phone. */
  record: OrderRecord
}

/** Writes orders with their lines and a revision each; gives the ids of those that are new or now different. */
export async function upsertOrders(db: Db, orders: readonly OrderRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ orderId: string; revision: number }>`
    insert into sales_order as o (
      order_id, channel, placed_at, store_id, external_user_id, member_no, union_id, phone_hash, sales_guide_id,
      service_guide_id, share_token, coupon_codes, paid_amount, digest, revision, received_at
    )
    select "orderId", channel, "placedAt", "storeId", "externalUserId", "memberNo", "unionId", "phoneHash",
      "salesGuideId", "serviceGuideId", "shareToken", "couponCodes", "paidAmount", digest, 1, ${now}
    from json_to_recordset(${JSON.stringify(orders.map(headOf))}::json) as given (
      "orderId" text, channel text, "placedAt" timestamptz, "storeId" text, "externalUserId" text, "memberNo" text,
      "unionId" text, "phoneHash" text, "salesGuideId" text, "serviceGuideId" text, "shareToken" text,
      "couponCodes" text[], "paidAmount" bigint, digest text
    )
    order by "orderId"
    on conflict (order_id) do update set
      channel = excluded.channel, placed_at = excluded.placed_at, store_id = excluded.store_id,
      external_user_id = excluded.external_user_id, member_no = excluded.member_no, union_id = excluded.union_id,
      phone_hash = excluded.phone_hash, sales_guide_id = excluded.sales_guide_id,
      service_guide_id = excluded.service_guide_id, share_token = excluded.share_token,
      coupon_codes = excluded.coupon_codes, paid_amount = excluded.paid_amount, digest = excluded.digest,
      revision = o.revision + 1, received_at = excluded.received_at
    where (o.placed_at, o.digest) is distinct from (excluded.placed_at, excluded.digest)
    returning order_id, revision`.execute(db)
  const revisions = new Map(rows.map(({ orderId, revision }) => [orderId, revision]))
  if (revisions.size > 0) await writeContents(db, orders, revisions, now)
  return [...revisions.keys()]
}

/** Without what the other statements write: Postgres reads every byte it is sent. */
function headOf({ lines: _, record: __, ...head }: OrderRow) {
  return head
}

/** The caller's upsert holds the orders' row locks. */
async function writeContents(db: Db, orders: readonly OrderRow[], revisions: Map<string, number>, now: Date) {
  const changed = orders.filter(({ orderId }) => revisions.has(orderId))
  const lines = changed.flatMap(({ orderId, lines }) =>
    lines.map((line, index) => ({ orderId, lineNo: index + 1, ...line })),
  )
  const versions = changed.map(({ orderId, record }) => ({ orderId, record, revision: revisions.get(orderId) }))
  const again = versions.filter(({ revision }) => revision !== 1).map(({ orderId }) => orderId)
  if (again.length > 0) await sql`delete from sales_order_line where order_id = any(${again}::text[])`.execute(db)
  await sql`
    insert into sales_order_line (order_id, line_no, product_id, name, quantity, amount, unit_price)
    select "orderId", "lineNo", "productId", name, quantity, amount, "unitPrice"
    from json_to_recordset(${JSON.stringify(lines)}::json) as line (
      "orderId" text, "lineNo" integer, "productId" text, name text, quantity integer, amount bigint,
      "unitPrice" bigint
    )`.execute(db)
  await sql`
    insert into sales_order_revision (order_id, revision, record, received_at)
    select "orderId", revision, record, ${now}
    from json_to_recordset(${JSON.stringify(versions)}::json) as version (
      "orderId" text, revision integer, record jsonb
    )`.execute(db)
}
