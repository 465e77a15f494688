import { type RawBuilder, sql } from 'kysely'
import { candidatesOf, customerOfRefund } from '../identity/resolve.repository.ts'

/** The refunds of a customer that belong to no order we know, as a subquery over `sales_refund`. */
export function loneRefundsOf(externalUserId: string): RawBuilder<unknown> {
  return sql`(
    with ${candidatesOf(sql`select ${externalUserId}::text as external_user_id`, 'refund')}
    select r.* from sales_refund r join candidate using (refund_id)
    where not exists (select from sales_order known where known.order_id = r.order_id)
      and ${customerOfRefund} = ${externalUserId}
  )`
}

/** All refunds of a customer whose orders are `mine`, a CTE or subquery of orders. */
export function refundsOf(externalUserId: string, mine: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select r.* from sales_refund r where r.order_id in (select order_id from ${mine} as own)
    union all
    select * from ${loneRefundsOf(externalUserId)} lone
  )`
}
