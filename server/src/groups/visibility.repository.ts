import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface PlaceInGroup {
  isOwner: boolean
  isAdmin: boolean
  /** A guide who is in the group now. */
  isMember: boolean
  ownerStoreId: string | null
}

/** What somebody is to a group WeCom has told us about; userids are compared without case. */
export async function findPlaceInGroup(db: Db, chatId: string, userId: string): Promise<PlaceInGroup | undefined> {
  const { rows } = await sql<PlaceInGroup>`
    select coalesce(lower(g.owner_user_id) = lower(${userId}), false) as is_owner,
      exists (
        select from group_admin admin where admin.chat_id = g.chat_id and lower(admin.user_id) = lower(${userId})
      ) as is_admin,
      exists (
        select from group_membership stay
        where stay.chat_id = g.chat_id and stay.left_at is null and stay.kind = 'guide'
          and lower(stay.member_id) = lower(${userId})
      ) as is_member,
      (select store_id from guide where lower(user_id) = lower(g.owner_user_id)) as owner_store_id
    from customer_group g
    where g.chat_id = ${chatId} and g.mirrored_at is not null and g.name is not null`.execute(db)
  return rows[0]
}

/** Nothing about the group is waiting to be read. */
export async function isGroupComplete(db: Db, chatId: string): Promise<boolean> {
  const { rows } = await sql<{ complete: boolean }>`
    select mirrored_at is not null and unsure_since is null and not exists (
      select from group_membership stay where stay.chat_id = g.chat_id and left_at is null and not is_exact
    ) as complete
    from customer_group g where chat_id = ${chatId}`.execute(db)
  return rows[0]?.complete ?? false
}
