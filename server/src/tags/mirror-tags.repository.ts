import { type Kysely, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'

export interface ToldGroup {
  groupId: string
  name: string
  order: number
  /** Place in the list told. */
  position: number
  isDeleted: boolean
  ours: boolean
}

export interface ToldTag extends ToldGroup {
  tagId: string
  groupName: string
  searchText: string
}

export interface ToldTags {
  groups: ToldGroup[]
  tags: ToldTag[]
  /** When the question was asked; of what we wrote ourselves: when WeCom had said yes. */
  heardAt: Date
  /** What a whole list does not name is deleted. */
  isWhole: boolean
}

/** How far the mirror was from what WeCom told. */
export interface TagDrift {
  newGroups: number
  changedGroups: number
  deletedGroups: number
  newTags: number
  changedTags: number
  deletedTags: number
}

/** What is told by itself stands behind what the whole list named. */
const BEHIND_ALL = 1_000_000

const none: TagDrift = {
  newGroups: 0,
  changedGroups: 0,
  deletedGroups: 0,
  newTags: 0,
  changedTags: 0,
  deletedTags: 0,
}

/**
 * Keeps what WeCom told of tags, in whatever order it is told: row by row the later question wins, and of a question
 * older than the last whole list nothing is kept, or it would bring back what that list no longer named.
 */
export function keepTagList(db: Kysely<Database>, told: ToldTags): Promise<TagDrift> {
  return db.transaction().execute(async (tx) => {
    // Readings take turns here, so that the statement below sees all that was kept before.
    const { rows } = await sql<{ askedAt: Date }>`
      insert into tag_list_reading (asked_at) values (${told.isWhole ? told.heardAt : new Date(0)})
      on conflict (only_row) do update set asked_at = greatest(tag_list_reading.asked_at, excluded.asked_at)
      returning asked_at`.execute(tx)
    const [last] = rows
    if (last && last.askedAt > told.heardAt) return none
    return writeTagList(tx, told)
  })
}

async function writeTagList(tx: Db, { groups, tags, heardAt, isWhole }: ToldTags): Promise<TagDrift> {
  const behind = isWhole ? 0 : BEHIND_ALL
  const { rows } = await sql<TagDrift>`
    with given_group as (
      select distinct on ("groupId") *, case when "isDeleted" then ${heardAt}::timestamptz end as deleted_at
      from json_to_recordset(${JSON.stringify(groups)}::json) as given (
        "groupId" text, name text, "order" bigint, position int, "isDeleted" boolean, ours boolean
      ) order by "groupId"
    ), told_group as (
      select given_group.*, held.group_id is null as is_new,
        held.group_id is not null and held.deleted_at is null and "isDeleted" as is_gone,
        (held.name, held.display_order, held.deleted_at is null)
          is distinct from (given_group.name, "order", given_group.deleted_at is null) as differs
      from given_group left join tag_group held on held.group_id = "groupId"
      where held.group_id is null or held.mirrored_at <= ${heardAt}
    ), kept_group as (
      insert into tag_group as held (group_id, name, display_order, list_position, ours, deleted_at, mirrored_at)
      select "groupId", name, "order", position + ${behind}::int, ours, deleted_at, ${heardAt} from told_group
      on conflict (group_id) do update set
        name = excluded.name, display_order = excluded.display_order,
        list_position = case when ${isWhole} then excluded.list_position else held.list_position end,
        ours = held.ours or excluded.ours, deleted_at = excluded.deleted_at, mirrored_at = excluded.mirrored_at
    ), gone_group as (
      update tag_group held set deleted_at = ${heardAt}, mirrored_at = ${heardAt}
      where ${isWhole} and held.deleted_at is null and held.mirrored_at < ${heardAt}
        and not exists (select from given_group where "groupId" = held.group_id)
      returning 1
    ), given_tag as (
      select distinct on ("tagId") *, case when "isDeleted" then ${heardAt}::timestamptz end as deleted_at
      from json_to_recordset(${JSON.stringify(tags)}::json) as given (
        "tagId" text, "groupId" text, "groupName" text, name text, "order" bigint, position int,
        "isDeleted" boolean, "searchText" text, ours boolean
      ) order by "tagId"
    ), told_tag as (
      select given_tag.*, held.tag_id is null as is_new,
        held.tag_id is not null and held.deleted_at is null and "isDeleted" as is_gone,
        (held.name, held.group_id, held.display_order, held.deleted_at is null)
          is distinct from (given_tag.name, "groupId", "order", given_tag.deleted_at is null) as differs
      from given_tag left join tag held on held.tag_id = "tagId"
      where held.mirrored_at is null or held.mirrored_at <= ${heardAt}
    ), kept_tag as (
      insert into tag as held (
        tag_id, group_id, group_name, name, display_order, list_position, search_text, ours, deleted_at, mirrored_at
      )
      select "tagId", "groupId", "groupName", name, "order", position + ${behind}::int, "searchText", ours, deleted_at, ${heardAt}
      from told_tag
      on conflict (tag_id) do update set
        group_id = excluded.group_id, group_name = excluded.group_name, name = excluded.name,
        display_order = excluded.display_order,
        list_position = case when ${isWhole} then excluded.list_position else held.list_position end,
        search_text = excluded.search_text, ours = held.ours or excluded.ours, deleted_at = excluded.deleted_at, mirrored_at = excluded.mirrored_at
    ), gone_tag as (
      -- Only what the list once named: the tags of rule groups stand on customers and are in no list (doc 92117).
      update tag held set deleted_at = ${heardAt}, mirrored_at = ${heardAt}
      where ${isWhole} and held.deleted_at is null and held.group_id is not null and held.mirrored_at < ${heardAt}
        and not exists (select from given_tag where "tagId" = held.tag_id)
      returning 1
    ), unlisted_tag as (
      -- Met on a customer and not in the list: asked for once, not again and again.
      update tag held set mirrored_at = ${heardAt}
      where ${isWhole} and held.group_id is null and held.mirrored_at is null
        and not exists (select from given_tag where "tagId" = held.tag_id)
    )
    select
      (select count(*) from told_group where is_new and not "isDeleted")::int as new_groups,
      (select count(*) from told_group where not is_new and differs and not is_gone)::int as changed_groups,
      ((select count(*) from told_group where is_gone) + (select count(*) from gone_group))::int as deleted_groups,
      (select count(*) from told_tag where is_new and not "isDeleted")::int as new_tags,
      (select count(*) from told_tag where not is_new and differs and not is_gone)::int as changed_tags,
      ((select count(*) from told_tag where is_gone) + (select count(*) from gone_tag))::int as deleted_tags`.execute(
    tx,
  )
  return rows[0] ?? none
}

/** Names and what was spelled of them, by tag. */
export async function listKnownTagNames(db: Db) {
  const rows = await db.selectFrom('tag').select(['tagId', 'name', 'groupName', 'searchText']).execute()
  return new Map(rows.map((row) => [row.tagId, row]))
}

/** The whole list has been read at least once. */
export async function isTagListKnown(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('tagListReading')
    .select('askedAt')
    .where('askedAt', '>', new Date(0))
    .executeTakeFirst()
  return row !== undefined
}

/** Some tag stands on a customer whom the list has not been asked about. */
export async function hasUnknownTags(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('tag')
    .select('tagId')
    .where('mirroredAt', 'is', null)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
