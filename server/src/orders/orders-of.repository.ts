import { type RawBuilder, sql } from 'kysely'
import { candidatesOf, customerOfOrder } from '../identity/resolve.repository.ts'

/**
 * All orders of a customer, as a subquery over `sales_order`. Indexes name the candidates, the rule decides: so an
 * order is never two customers'.
 */
export function ordersOf(externalUserId: string): RawBuilder<unknown> {
  return sql`(
    with ${candidatesOf(sql`select ${externalUserId}::text as external_user_id`, 'order')}
    select o.* from sales_order o join candidate using (order_id) where ${customerOfOrder} = ${externalUserId}
  )`
}
