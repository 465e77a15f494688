import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Person } from './find-person.repository.ts'
import { personalTables, waitingJobs } from './personal-tables.ts'

export async function findErased(db: Db, externalUserId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('erasedCustomer')
    .select('erasedAt')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return row?.erasedAt
}

export async function keepErased(
  tx: Db,
  erased: { externalUserId: string; erasedAt: Date; pseudonym: string },
): Promise<void> {
  await tx
    .insertInto('erasedCustomer')
    .values(erased)
    .onConflict((conflict) => conflict.column('externalUserId').doUpdateSet(erased))
    .execute()
}

/** Gives how many rows of which table were deleted or changed; tables without any are left out. */
export async function eraseRows(
  tx: Db,
  person: Person,
  { pseudonym, at }: { pseudonym: string; at: Date },
): Promise<Record<string, number>> {
  const erased: Record<string, number> = {}
  for (const { table, of, erase, bare } of personalTables) {
    if (erase === 'keep') continue
    const rows = sql`${sql.table(table)} t`
    const which = sql`${of(person)}${bare ? sql` and not (${bare})` : sql``}`
    const statement =
      erase === 'delete'
        ? sql`delete from ${rows} where ${which}`
        : sql`update ${rows} set ${erase({ externalUserId: person.externalUserId, pseudonym, at })} where ${which}`
    const { numAffectedRows = 0n } = await statement.execute(tx)
    if (numAffectedRows > 0n) erased[table] = Number(numAffectedRows)
  }
  await sql`delete from ${waitingJobs.table} t where ${waitingJobs.of(person)}`.execute(tx)
  return erased
}

/**
 * Ids of the person on orders and refunds that are somebody else's, as other ids say or people decided, and in what was
 * told of an order before it was corrected. That reads every version of every order; it is asked for seldom.
 */
export async function forgetIdentities(tx: Db, person: Person): Promise<void> {
  const { externalUserId, unionId, memberNos, phoneHashes } = person
  for (const sale of ['sales_order', 'sales_refund']) {
    const table = sql.table(sale)
    await sql`update ${table} set external_user_id = null where external_user_id = ${externalUserId}`.execute(tx)
    await sql`update ${table} set member_no = null where member_no = any(${memberNos}::text[])`.execute(tx)
    await sql`update ${table} set union_id = null where union_id = ${unionId}`.execute(tx)
    await sql`update ${table} set phone_hash = null where phone_hash = any(${phoneHashes}::text[])`.execute(tx)
    await sql`
      update ${sql.table(`${sale}_revision`)} set record = record - 'customer'
      where record #>> '{customer,externalUserId}' = ${externalUserId} or record #>> '{customer,unionId}' = ${unionId}
        or record #>> '{customer,memberNo}' = any(${memberNos}::text[])`.execute(tx)
  }
  await sql`
    update identity_decision set claimants = array_remove(claimants, ${externalUserId})
    where ${externalUserId} = any(claimants)`.execute(tx)
}

/** Whose pseudonym it is; undefined when they were erased once more. */
export async function findErasedBy(db: Db, pseudonym: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('erasedCustomer')
    .select('externalUserId')
    .where('pseudonym', '=', pseudonym)
    .executeTakeFirst()
  return row?.externalUserId
}
