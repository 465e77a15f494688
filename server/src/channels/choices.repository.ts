import type { ChannelChoices } from '@zhanggui/shared/channel.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

const MOST = 3000

export async function listGuidesOfStore(db: Db, storeId: string): Promise<string[]> {
  const rows = await db.selectFrom('guide').select('userId').where('storeId', '=', storeId).execute()
  return rows.map(({ userId }) => userId)
}

/** What a manager may choose from; without a store: the whole corp's. Guides who left are no choice. */
export async function listChoices(db: Db, storeId: string | undefined): Promise<ChannelChoices> {
  const scope = storeId ?? null
  const [guides, stores, tags, rules] = await Promise.all([
    sql<ChannelChoices['guides'][number]>`
      select guide.user_id, guide.name, guide.store_id, coalesce(duty.on_duty, true) as on_duty,
        coalesce(duty.leaves, '[]') as leaves
      from guide left join guide_duty duty on duty.user_id = lower(guide.user_id)
      where (${scope}::text is null or guide.store_id = ${scope}) and guide.status is distinct from 'left' and guide.visible
      order by guide.store_id, guide.name, guide.user_id limit ${MOST}`.execute(db),
    sql<ChannelChoices['stores'][number]>`
      select store_id, name from store where ${scope}::text is null or store_id = ${scope} order by name limit ${MOST}`.execute(
      db,
    ),
    sql<ChannelChoices['tags'][number]>`
      select tag.tag_id, coalesce(tag_group.name, tag.group_name, '') as "group", tag.name
      from tag left join tag_group using (group_id)
      where tag.name is not null and tag.deleted_at is null
      order by tag_group.display_order desc nulls last, 2, tag.display_order desc, tag.name limit ${MOST}`.execute(db),
    sql<ChannelChoices['rules'][number]>`
      select rule_id, left(text, 40) as text from welcome_rule order by rule_id limit ${MOST}`.execute(db),
  ])
  return {
    guides: guides.rows.map(withoutNulls),
    stores: stores.rows,
    tags: tags.rows,
    rules: rules.rows,
  }
}

type GuideRow = Omit<ChannelChoices['guides'][number], 'name' | 'storeId'> & {
  name?: string | null
  storeId?: string | null
}

function withoutNulls({ name, storeId, ...guide }: GuideRow): ChannelChoices['guides'][number] {
  return { ...guide, ...(name && { name }), ...(storeId && { storeId }) }
}
