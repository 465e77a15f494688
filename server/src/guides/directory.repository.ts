import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { MirroredMember } from './wecom-member.ts'

export interface MemberDrift {
  /** Never told of by WeCom before. */
  newGuides: number
  changedGuides: number
  leftGuides: number
}

/**
 * Keeps members as WeCom told them when asked at `heardAt`; what it did not tell stays, and so does a newer answer.
 * Somebody who now has a userid that another had before is not that other; an answer from before the other was renamed
 * is of that other, and tells nothing new. To be called under `lockDirectory`.
 */
export async function saveMembers(db: Db, members: readonly MirroredMember[], heardAt: Date): Promise<MemberDrift> {
  const { rows } = await sql<MemberDrift>`
    with given as (
      select distinct on (lower("userId")) *
      from json_to_recordset(${JSON.stringify(members)}::json) as given (
        "userId" text, "openUserId" text, name text, "departmentIds" text[], "mainDepartmentId" text, status text,
        follows boolean
      )
      where not exists (
        select from guide_alias where former_id = lower("userId") and renamed_at > ${heardAt}
      )
    ), reused as (
      delete from guide_alias using given where former_id = lower("userId")
    ), told as (
      select "userId" as user_id, coalesce("openUserId", open_user_id) as open_user_id,
        coalesce(given.name, guide.name) as name, "departmentIds" as department_ids,
        "mainDepartmentId" as main_department_id,
        coalesce(given.status, nullif(guide.status, 'left')) as status, coalesce(given.follows, guide.follows) as follows,
        guide.mirrored_at is null as is_new, guide.updated_at, left_at,
        guide.status is distinct from 'left' and given.status = 'left' as leaves,
        (guide.user_id, guide.open_user_id, guide.name, guide.department_ids, guide.main_department_id, guide.status,
          guide.follows, guide.visible)
          is distinct from
          ("userId", coalesce("openUserId", open_user_id), coalesce(given.name, guide.name), "departmentIds",
            "mainDepartmentId", coalesce(given.status, nullif(guide.status, 'left')),
            coalesce(given.follows, guide.follows), true) as differs
      from given left join guide on lower(guide.user_id) = lower("userId")
      where guide.mirrored_at is null or guide.mirrored_at <= ${heardAt}
    ), kept as (
      insert into guide (
        user_id, open_user_id, name, department_ids, main_department_id, status, follows, visible, left_at, mirrored_at,
        updated_at
      )
      select user_id, open_user_id, name, department_ids, main_department_id, status, follows, true,
        case when status = 'left' then coalesce(left_at, ${heardAt}) end, ${heardAt},
        case when differs then ${heardAt} else updated_at end
      from told
      order by lower(user_id)
      on conflict (lower(user_id)) do update set
        user_id = excluded.user_id, open_user_id = excluded.open_user_id, name = excluded.name,
        department_ids = excluded.department_ids, main_department_id = excluded.main_department_id,
        status = excluded.status, follows = excluded.follows, visible = excluded.visible, left_at = excluded.left_at,
        mirrored_at = excluded.mirrored_at, updated_at = excluded.updated_at
    )
    select count(*) filter (where is_new)::int as new_guides,
      count(*) filter (where differs and not is_new)::int as changed_guides,
      count(*) filter (where leaves and not is_new)::int as left_guides
    from told`.execute(db)
  return rows[0] ?? { newGuides: 0, changedGuides: 0, leftGuides: 0 }
}

/** Guides whom WeCom shows no longer: they left the corp or the visible range. Gives how many had not left before. */
export async function markGone(db: Db, userIds: readonly string[], heardAt: Date): Promise<number> {
  const { rows } = await sql<{ leaves: boolean }>`
    with gone as (
      select user_id, status is distinct from 'left' as leaves from guide
      where lower(user_id) = any(${userIds.map((userId) => userId.toLowerCase())}::text[])
        and (mirrored_at is null or mirrored_at <= ${heardAt})
        and (visible or status is distinct from 'left')
      order by lower(user_id)
      for update
    )
    update guide set status = 'left', visible = false, follows = false, left_at = coalesce(left_at, ${heardAt}),
      mirrored_at = ${heardAt}, updated_at = ${heardAt}
    from gone where guide.user_id = gone.user_id
    returning leaves`.execute(db)
  return rows.filter(({ leaves }) => leaves).length
}

/** WeCom was asked about these and may not tell (60011): nobody need ask again until the next sync. */
export async function noteAsked(db: Db, userIds: readonly string[], at: Date): Promise<void> {
  await db
    .updateTable('guide')
    .set({ mirroredAt: at })
    .where('mirroredAt', 'is', null)
    .where(sql`lower(user_id)`, '=', sql<string>`any(${userIds.map((userId) => userId.toLowerCase())}::text[])`)
    .execute()
}
