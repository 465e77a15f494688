import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from '../identity/resolve.repository.ts'

interface Ids {
  externalUserId: string | null
  memberNo: string | null
  unionId: string | null
  phoneHash: string | null
}

/** Whom an order with these ids, and no number anybody could have decided about, would belong to. */
export async function findCustomerOfIds(
  db: Db,
  ids: Ids,
): Promise<{ externalUserId: string | null; erased: boolean } | undefined> {
  const { rows } = await sql<{ externalUserId: string | null; erased: boolean }>`
    select meant.external_user_id, exists (
      select from erased_customer e where e.external_user_id = meant.external_user_id
        and not exists (select from customer c where c.external_user_id = meant.external_user_id)
    ) as erased
    from (select ${customerOfOrder} as external_user_id from (
      select null::text as order_id, ${ids.externalUserId}::text as external_user_id, ${ids.memberNo}::text as member_no,
        ${ids.unionId}::text as union_id, ${ids.phoneHash}::text as phone_hash
    ) o) meant`.execute(db)
  return rows[0]
}
