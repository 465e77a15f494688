import { type RawBuilder, sql } from 'kysely'
import { type OrderPosition, readCursor, writeCursor } from './order-cursor.ts'
import { ordersOf } from './orders-of.repository.ts'

/** A moment as a cursor keeps it. */
export function exactTimeOf(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

/** The position of an order `o`. */
export const exactTime = exactTimeOf(sql`o.placed_at`)

/** One more than `limit` tells whether there is a next page. */
export function pageOf(externalUserId: string, before: string | undefined, limit: number): RawBuilder<unknown> {
  const from = before === undefined ? undefined : readCursor(before)
  return sql`(
    select * from ${ordersOf(externalUserId)} mine
    where ${from ? sql`(placed_at, order_id) < (${from.placedAt}::timestamptz, ${from.orderId})` : sql`true`}
    order by placed_at desc, order_id desc limit ${limit + 1}
  )`
}

export function nextCursor(
  rows: readonly { position: OrderPosition['placedAt']; orderId: string }[],
  limit: number,
): { nextCursor?: string } {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last ? { nextCursor: writeCursor({ placedAt: last.position, orderId: last.orderId }) } : {}
}
