import { type RawBuilder, sql } from 'kysely'
import { customerOfMember } from '../membership/customer-of-member.repository.ts'

/**
 * Which customer an order `o` means: the first of its ids that resolves decides, in the order external_userid, member
 * number, unionid, phone. An id that could mean two customers resolves to none of them. Only verified phones count.
 */
export const customerOfOrder = sql<string | null>`coalesce(
  o.external_user_id,
  (select ${customerOfMember} from member m where m.member_no = o.member_no),
  (select min(c.external_user_id) from customer c where c.union_id = o.union_id having count(*) = 1),
  (select min(m.external_user_id) from member m where m.union_id = o.union_id having count(m.external_user_id) = 1),
  (select min(known.customer) from (
     select ${customerOfMember} as customer from member m
     where m.phone_hash = o.phone_hash and m.phone_verified_at is not null
   ) known having count(distinct known.customer) = 1)
)`

/**
 * All orders of a customer, as a subquery over `sales_order`. The four indexes name the candidates, the rule above
 * decides: so an order is never two customers', and an id that appears later needs no repair.
 */
export function ordersOf(externalUserId: string): RawBuilder<unknown> {
  return sql`(
    with me as (
      select member_no, union_id, phone_hash from member
      where external_user_id = ${externalUserId}
         or (external_user_id is null
             and union_id = (select union_id from customer where external_user_id = ${externalUserId}))
    ), candidate as (
      select order_id from sales_order where external_user_id = ${externalUserId}
      union
      select order_id from sales_order where member_no in (select member_no from me)
      union
      select order_id from sales_order where union_id in (
        select union_id from me union select union_id from customer where external_user_id = ${externalUserId}
      )
      union
      select order_id from sales_order where phone_hash in (select phone_hash from me)
    )
    select o.* from sales_order o join candidate using (order_id) where ${customerOfOrder} = ${externalUserId}
  )`
}
