import type { OrderRecord } from '@zhanggui/shared/order.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { writeContents } from './write-contents.repository.ts'

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
  const column = <Name extends keyof OrderRow>(name: Name) => orders.map((order) => order[name])
  const { rows } = await sql<{ orderId: string; revision: number }>`
    insert into sales_order as o (
      order_id, channel, placed_at, store_id, external_user_id, member_no, union_id, phone_hash, sales_guide_id,
      service_guide_id, share_token, coupon_codes, paid_amount, digest, revision, received_at
    )
    select order_id, channel, placed_at, store_id, external_user_id, member_no, union_id, phone_hash, sales_guide_id,
      service_guide_id, share_token, coupon_codes::text[], paid_amount, digest, 1, ${now}
    from unnest(
      ${column('orderId')}::text[], ${column('channel')}::text[], ${column('placedAt')}::timestamptz[],
      ${column('storeId')}::text[], ${column('externalUserId')}::text[], ${column('memberNo')}::text[],
      ${column('unionId')}::text[], ${column('phoneHash')}::text[], ${column('salesGuideId')}::text[],
      ${column('serviceGuideId')}::text[], ${column('shareToken')}::text[],
      ${orders.map(({ couponCodes }) => textArray(couponCodes))}::text[],
      ${column('paidAmount')}::bigint[], ${column('digest')}::text[]
    ) as given (
      order_id, channel, placed_at, store_id, external_user_id, member_no, union_id, phone_hash, sales_guide_id,
      service_guide_id, share_token, coupon_codes, paid_amount, digest
    )
    order by order_id
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
  if (revisions.size > 0) {
    const contents = orders.map(({ orderId, lines, record }) => ({ id: orderId, lines, record }))
    await writeContents(db, 'order', contents, revisions, now)
  }
  return [...revisions.keys()]
}

/** As Postgres writes an array: a list of arrays of different lengths is no array. */
function textArray(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
