import { sql } from 'kysely'

/** The customer of a member `m`: the one linked, else the only one with the member's unionid. */
export const customerOfMember = sql<string | null>`coalesce(
  m.external_user_id,
  (select min(c.external_user_id) from customer c where c.union_id = m.union_id having count(*) = 1)
)`
