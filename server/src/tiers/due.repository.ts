import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfMember, customerOfOrder } from '../identity/resolve.repository.ts'

/**
 * Whoever judges members takes turns with all others, on every server, until `tx` is over. Their statements then see
 * every judgement of before.
 */
export async function lockStandings(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('membership tiers', 0))`.execute(tx)
}

/** Takes notes from the front; gives the customers they mean. Undefined: there were no notes. */
export async function takeDueCustomers(tx: Db, most: number): Promise<string[] | undefined> {
  const { rows } = await sql<{ taken: number; customers: string[] | null }>`
    with taken as materialized (
      delete from tier_due where tier_due_id in (
        select tier_due_id from tier_due order by tier_due_id limit ${most}
      ) returning order_id, member_no, external_user_id
    ),
    meant as (
      select ${customerOfOrder} as customer from sales_order o
      where o.order_id in (select order_id from taken where order_id is not null)
      union
      select ${customerOfMember} from member m
      where m.member_no in (select member_no from taken where member_no is not null)
      union
      select external_user_id from taken where external_user_id is not null
    )
    select (select count(*) from taken)::int as taken,
      (select array_agg(customer) from meant where customer not like 'erased:%') as customers`.execute(tx)
  const { taken = 0, customers = null } = rows[0] ?? {}
  return taken === 0 ? undefined : (customers ?? [])
}

/** Those for whom a period or a grace has ended, or a member day has begun. */
export async function listOverdue(tx: Db, now: Date, most: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('tierStanding')
    .select('externalUserId')
    .where('reviewAt', '<=', now)
    .orderBy('reviewAt')
    .limit(most)
    .execute()
  return rows.map(({ externalUserId }) => externalUserId)
}

export async function noteEveryMember(db: Db): Promise<void> {
  await sql`insert into tier_due (member_no) select member_no from member order by member_no`.execute(db)
}
