import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** All that changes who one customer is takes turns until its transaction ends. */
export function lockCustomer(tx: Db, externalUserId: string): Promise<void> {
  return lockCustomers(tx, [externalUserId])
}

/** A statement that reads what the last holder committed must begin after this one. */
export async function lockCustomers(tx: Db, externalUserIds: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(key) from ${turnsOf(externalUserIds)}`.execute(tx)
}

/** A row source of `key`, one a customer, in one order, so that no two who lock several wait for each other. */
export function turnsOf(externalUserIds: readonly string[]): RawBuilder<unknown> {
  return sql`(
    select distinct hashtextextended('customer ' || id, 0) as key
    from unnest(${[...externalUserIds]}::text[]) as id order by key
  ) as turn`
}
