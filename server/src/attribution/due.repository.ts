import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/**
 * Whoever works out credits or closes a period takes turns with all others, on every server, until `tx` is over. Their
 * statements then see everything that was posted before.
 */
export async function lockLedger(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('commission ledger', 0))`.execute(tx)
}

/** Takes notes from the front. An order noted again meanwhile has another note, which stays. */
export async function takeDueOrders(tx: Db, most: number): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    with taken as (
      delete from credit_due where credit_due_id in (
        select credit_due_id from credit_due order by credit_due_id limit ${most}
      ) returning order_id
    )
    select distinct order_id from taken`.execute(tx)
  return rows.map(({ orderId }) => orderId)
}

/**
 * Notes orders that nobody noted, though each write does: those without any version, and those of the last days whose
 * customer or owner was not known, for what was being written while they were worked out.
 */
export async function noteForgottenOrders(db: Db, since: Date): Promise<void> {
  await sql`
    insert into credit_due (order_id)
    select o.order_id from sales_order o
    where not exists (select from order_attribution a where a.order_id = o.order_id)
    union
    select a.order_id from order_credit a join sales_order o using (order_id)
    where o.placed_at >= ${since}
      and (a.owner_guide_id is null and a.external_user_id is not null
        or a.external_user_id is null and num_nonnulls(o.member_no, o.union_id, o.phone_hash) > 0)`.execute(db)
}
