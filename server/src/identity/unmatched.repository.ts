import type { UnmatchedPage } from '@zhanggui/shared/identity.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { readCursor } from '../orders/order-cursor.ts'
import { exactTimeOf, nextCursor } from '../orders/order-page.repository.ts'
import { resolveAll } from './resolve-all.repository.ts'

type Entry = UnmatchedPage['entries'][number]

/** Orders and refunds no customer could be matched to, newest first. */
export async function listUnmatched(
  db: Db,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): Promise<UnmatchedPage> {
  const from = cursor === undefined ? undefined : readCursor(cursor)
  const { rows } = await sql<{ orderId: string; position: string; entry: Omit<Entry, 'at'> }>`
    with ${resolveAll({ refunds: true })},
    sale as (
      select 'o' || order_id as key, 'order' as kind, order_id as id, null as order_id, placed_at as at, paid_amount as amount,
        channel, store_id, member_no, union_id, phone_hash
      from resolved_order join sales_order using (order_id) where customer is null
      union all
      select 'r' || refund_id, 'refund', refund_id, order_id, refunded_at, amount, channel, store_id, member_no, union_id,
        phone_hash
      from resolved_refund join sales_refund using (refund_id) where customer is null
    )
    select key as order_id, ${exactTimeOf(sql`at`)} as position, jsonb_strip_nulls(jsonb_build_object(
        'kind', kind, 'id', id, 'orderId', order_id, 'amount', amount, 'channel', channel, 'storeId', store_id,
        'memberNo', member_no, 'unionId', union_id,
        'reason', case when num_nonnulls(member_no, union_id, phone_hash) = 0 then 'anonymous' else 'unknown' end
      )) as entry
    from sale
    where ${from ? sql`(at, key) < (${from.placedAt}::timestamptz, ${from.orderId})` : sql`true`}
    order by at desc, key desc limit ${limit + 1}`.execute(db)
  return {
    entries: rows.slice(0, limit).map(({ entry, position }) => ({ ...entry, at: position })),
    ...nextCursor(rows, limit),
  }
}
