import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfMember, stands } from '../identity/resolve.repository.ts'
import type { MemberTable } from './membership.table.ts'

export type MemberOf = Selectable<MemberTable> & { customer: string }

/**
 * The member each of these customers is, as findMemberOf says it of one: the one linked or decided, else one not
 * linked to anybody else that shares the unionid.
 */
export async function listMembersOf(db: Db, externalUserIds: readonly string[]): Promise<MemberOf[]> {
  const { rows } = await sql<MemberOf>`
    select who.customer, mine.*
    from unnest(${[...externalUserIds]}::text[]) as who (customer)
    cross join lateral (
      select m.* from member m
      where m.member_no in ${cardsOf(sql`who.customer`)}
        and coalesce(${customerOfMember}, who.customer) = who.customer
      order by m.external_user_id is not distinct from who.customer desc, m.joined_at
      limit 1
    ) mine`.execute(db)
  return rows
}

/** By index each, which one condition with `or` would not be. */
function cardsOf(customer: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select member_no from member where external_user_id = ${customer}
    union all
    select k.member_no from customer c join member k on k.union_id = c.union_id and k.external_user_id is null
    where c.external_user_id = ${customer}
    union all
    select d.value from identity_decision d
    where d.kind = 'member_no' and d.external_user_id = ${customer} and ${stands}
  )`
}
