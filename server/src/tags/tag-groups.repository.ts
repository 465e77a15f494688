import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface HeldTag {
  tagId: string
  name: string
  order: number
  ours: boolean
}

export interface HeldGroup {
  groupId: string
  recordId: string | null
  name: string
  order: number
  ours: boolean
  tags: HeldTag[]
}

/** Every group and tag of the list, in WeCom's order. */
export function listTagGroups(db: Db): Promise<HeldGroup[]> {
  return selectGroups(db, sql`true`)
}

/** The group a record means: by the sender's id, by WeCom's, or by its name. */
export async function findTagGroup(
  db: Db,
  { recordId, name }: { recordId: string | undefined; name: string },
): Promise<HeldGroup | undefined> {
  const sent = await db
    .selectFrom('tagGroupRecord')
    .select('groupId')
    .where('recordId', '=', recordId ?? '')
    .executeTakeFirst()
  const ids = [sent?.groupId, recordId].filter((id) => id !== undefined)
  const found = await selectGroups(db, sql`g.group_id = any(${ids}::text[]) or g.name = ${name}`)
  for (const id of ids) {
    const group = found.find(({ groupId }) => groupId === id)
    if (group) return group
  }
  return found.find((group) => group.name === name)
}

async function selectGroups(db: Db, condition: ReturnType<typeof sql>): Promise<HeldGroup[]> {
  const { rows } = await sql<HeldGroup>`
    select g.group_id, sent.record_id, g.name, g.display_order as "order", g.ours, coalesce(own.tags, '[]') as tags
    from tag_group g
    left join lateral (
      select record_id from tag_group_record where group_id = g.group_id order by record_id limit 1
    ) sent on true
    left join lateral (
      select json_agg(json_build_object('tagId', tag_id, 'name', t.name, 'order', t.display_order, 'ours', t.ours)
        order by t.display_order desc, t.list_position, t.tag_id) as tags
      from tag t where t.group_id = g.group_id and t.deleted_at is null
    ) own on true
    where g.deleted_at is null and (${condition})
    order by g.display_order desc, g.list_position, g.group_id`.execute(db)
  return rows
}

/** Whether the sender's id means this group from now on and did not before. */
export async function keepRecordId(db: Db, recordId: string, groupId: string): Promise<boolean> {
  const row = await db
    .insertInto('tagGroupRecord')
    .values({ recordId, groupId })
    .onConflict((conflict) =>
      conflict.column('recordId').doUpdateSet({ groupId }).where('tagGroupRecord.groupId', '<>', groupId),
    )
    .returning('recordId')
    .executeTakeFirst()
  return row !== undefined
}

interface Edited {
  name: string | undefined
  order: number | undefined
  /** When WeCom had said yes; it lets an app change only what the app has made. */
  at: Date
}

export async function keepEditedGroup(db: Db, groupId: string, { name, order, at }: Edited): Promise<void> {
  await db
    .updateTable('tagGroup')
    .set({ ours: true, mirroredAt: at, ...(name && { name }), ...(order !== undefined && { displayOrder: order }) })
    .where('groupId', '=', groupId)
    .execute()
}

export async function keepEditedTag(db: Db, tagId: string, { order, at }: Omit<Edited, 'name'>): Promise<void> {
  await db
    .updateTable('tag')
    .set({ ours: true, mirroredAt: at, ...(order !== undefined && { displayOrder: order }) })
    .where('tagId', '=', tagId)
    .execute()
}
