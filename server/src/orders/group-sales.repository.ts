import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { candidatesOf, customerOfOrder } from '../identity/resolve.repository.ts'

export interface GroupSales {
  orders: number
  buyers: number
  /** Money received, in fen. */
  amount: number
}

/**
 * Orders of the channel `group` that customers placed during these stays: a subquery giving `member_id`, `joined_at`
 * and `left_at`. A till names the channel, not the group, so who is in two groups counts in both.
 */
export async function groupSales(db: Db, stays: RawBuilder<unknown>): Promise<GroupSales> {
  const { rows } = await sql<GroupSales>`
    with stay as materialized ${stays},
    ${candidatesOf(sql`select distinct member_id as external_user_id from stay`, 'order')},
    placed as materialized (
      select o.order_id, o.placed_at, o.paid_amount, ${customerOfOrder} as customer
      from sales_order o join candidate using (order_id) where o.channel = 'group'
    )
    select count(*) as orders, count(distinct customer) as buyers, coalesce(sum(paid_amount), 0)::bigint as amount
    from placed
    where exists (
      select from stay
      where member_id = customer and placed_at >= joined_at and placed_at <= coalesce(left_at, 'infinity')
    )`.execute(db)
  return rows[0] ?? { orders: 0, buyers: 0, amount: 0 }
}
