import type { GroupMember, JoinScene, Standing } from '@zhanggui/shared/group.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { standings } from './card.repository.ts'
import type { MemberPosition } from './member-cursor.ts'

export interface MemberRow {
  memberId: string
  rank: number
  joinedAt: Date
  name: string | null
  nickname: string | null
  avatar: string | null
  remark: string | null
  tier: string | null
  scene: JoinScene
  inviterUserId: string | null
  inviterName: string | null
  role: GroupMember['role'] | null
  opens: boolean
}

/** One more than `limit` tells whether there is a next page. */
export async function listMembers(
  db: Db,
  viewer: Viewer,
  { chatId, standing, after, limit }: { chatId: string; standing: Standing; after?: MemberPosition; limit: number },
): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    with ranked as (
      select present.*,
        case
          when lower(member_id) = lower(g.owner_user_id) then 'owner'
          when exists (
            select from group_admin admin where admin.chat_id = g.chat_id and lower(admin.user_id) = lower(member_id)
          ) then 'admin'
        end as role
      from ${standings(chatId, viewer.userId)} present join customer_group g using (chat_id)
      where standing = ${standing}
    ), page as (
      select * from (
        select ranked.*, case role when 'owner' then 0 when 'admin' then 1 else 2 end as rank from ranked
      ) one
      where ${after ? sql`(rank, -extract(epoch from joined_at), member_id) > (${after.rank}::int, ${-after.joinedAt.getTime() / 1000}::numeric, ${after.memberId}::text)` : sql`true`}
      order by rank, joined_at desc, member_id limit ${limit + 1}
    )
    select page.member_id, page.rank, page.joined_at, coalesce(guide.name, customer.name, page.name) as name, page.nickname,
      customer.avatar, friend.remark, card.tier, page.join_scene as scene, page.invited_by as inviter_user_id,
      inviter.name as inviter_name, page.role,
      page.kind = 'customer' and (friend.guide_user_id is not null or ${opensMore(viewer)}) as opens
    from page
    left join guide on page.kind = 'guide' and lower(guide.user_id) = lower(page.member_id)
    left join customer on page.kind = 'customer' and page.standing <> 'strangers' and customer.external_user_id = page.member_id
    left join lateral (
      select guide_user_id, remark from follow_relation
      where external_user_id = page.member_id and ended_at is null and lower(guide_user_id) = lower(${viewer.userId})
      limit 1
    ) friend on page.kind = 'customer'
    left join lateral (
      select tier from member where external_user_id = page.member_id limit 1
    ) card on friend.guide_user_id is not null
    left join guide inviter on lower(inviter.user_id) = lower(page.invited_by)
    order by page.rank, page.joined_at desc, page.member_id`.execute(db)
  return rows
}

/** Whose card the viewer may open beside their own friends': the rule of the customers' own page. */
function opensMore({ role, storeId }: Viewer) {
  if (role === 'hq') return sql`page.standing <> 'strangers'`
  if (role !== 'manager' || storeId === undefined) return sql`false`
  return sql`exists (
    select from follow_relation r join guide colleague on lower(colleague.user_id) = lower(r.guide_user_id)
    where r.external_user_id = page.member_id and r.ended_at is null and colleague.store_id = ${storeId}
  )`
}
