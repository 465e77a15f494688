import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { ordersOf } from '../orders/orders-of.repository.ts'
import { refundsOf } from '../refunds/refunds-of.repository.ts'

/** Everything one customer is known by. */
export interface Person {
  externalUserId: string
  /** Null also where another customer has the same: then it says nothing about whose a row is. */
  unionId: string | null
  /** Former numbers too. */
  memberNos: string[]
  /** Of phones that no other member has. */
  phoneHashes: string[]
  invitationIds: number[]
  orderIds: string[]
  refundIds: string[]
}

export async function findPerson(db: Db, externalUserId: string): Promise<Person> {
  const { rows } = await sql<Omit<Person, 'externalUserId'>>`
    with me as (
      select (select union_id from customer where external_user_id = ${externalUserId}) as union_id
    ), mine as (
      select member_no, phone_hash from member
      where external_user_id = ${externalUserId}
        or (external_user_id is null and union_id = (select union_id from me))
    )
    select
      (select union_id from me where not exists (
        select from customer other where other.union_id = me.union_id and other.external_user_id <> ${externalUserId}
      )) as union_id,
      array(
        select member_no from mine union select former_no from former_member_no join mine using (member_no)
      ) as member_nos,
      array(select phone_hash from mine where phone_hash is not null and not exists (
        select from member other where other.phone_hash = mine.phone_hash
          and other.member_no not in (select member_no from mine)
      )) as phone_hashes,
      array(select invitation_id::int from invitation where external_user_id = ${externalUserId}) as invitation_ids,
      array(select order_id from ${ordersOf(externalUserId)} as bought) as order_ids,
      array(select refund_id from ${refundsOf(externalUserId, ordersOf(externalUserId))} as returned) as refund_ids`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error('a query that always answers with one row gave none')
  return { externalUserId, ...row }
}
