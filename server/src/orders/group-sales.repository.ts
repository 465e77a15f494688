import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from './orders-of.repository.ts'

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
    person as (select distinct member_id from stay),
    known as materialized (
      select c.external_user_id, c.union_id from customer c join person on member_id = external_user_id
    ), card as materialized (
      select m.member_no, m.union_id, m.phone_hash from member m join person on member_id = m.external_user_id
      union
      select m.member_no, m.union_id, m.phone_hash from member m join known using (union_id)
      where m.external_user_id is null
    ), candidate as (
      select order_id from sales_order where channel = 'group' and external_user_id in (select member_id from person)
      union
      select order_id from sales_order where channel = 'group' and member_no in (select member_no from card)
      union
      select order_id from sales_order where channel = 'group' and union_id in (
        select union_id from card union select union_id from known
      )
      union
      select order_id from sales_order where channel = 'group' and phone_hash in (select phone_hash from card)
    ), placed as materialized (
      select o.order_id, o.placed_at, o.paid_amount, ${customerOfOrder} as customer
      from sales_order o join candidate using (order_id)
    )
    select count(*) as orders, count(distinct customer) as buyers, coalesce(sum(paid_amount), 0)::bigint as amount
    from placed
    where exists (
      select from stay
      where member_id = customer and placed_at >= joined_at and placed_at <= coalesce(left_at, 'infinity')
    )`.execute(db)
  return rows[0] ?? { orders: 0, buyers: 0, amount: 0 }
}
