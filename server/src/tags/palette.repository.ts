import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Tags the list names, in WeCom's order: larger first, then as its list goes. Every word must occur in the search text. */
export function listTags(db: Db, query: string, { limit, offset }: { limit: number; offset: number }) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  let tags = liveTags(db)
  for (const word of words) tags = tags.where('tag.searchText', 'like', `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return tags
    .orderBy('tagGroup.displayOrder', 'desc')
    .orderBy('tagGroup.listPosition')
    .orderBy('tagGroup.groupId')
    .orderBy('tag.displayOrder', 'desc')
    .orderBy('tag.listPosition')
    .orderBy('tag.tagId')
    .limit(limit)
    .offset(offset)
    .execute()
}

export function listRecentTags(db: Db, guideUserId: string, limit: number) {
  return liveTags(db)
    .innerJoin('tagUse', 'tagUse.tagId', 'tag.tagId')
    .where('tagUse.guideUserId', '=', guideUserId)
    .orderBy('tagUse.usedAt', 'desc')
    .orderBy('tag.tagId')
    .limit(limit)
    .execute()
}

/** Those of the ids that WeCom would take. */
export async function listLiveTagIds(db: Db, tagIds: readonly string[]): Promise<Set<string>> {
  const rows = await liveTags(db)
    .where('tag.tagId', '=', sql<string>`any(${[...tagIds]}::text[])`)
    .execute()
  return new Set(rows.map(({ tagId }) => tagId))
}

function liveTags(db: Db) {
  return db
    .selectFrom('tag')
    .innerJoin('tagGroup', 'tagGroup.groupId', 'tag.groupId')
    .select(['tag.tagId', sql<string>`tag.name`.as('name'), 'tagGroup.groupId', 'tagGroup.name as groupName'])
    .where('tag.deletedAt', 'is', null)
    .where('tagGroup.deletedAt', 'is', null)
    .where('tag.name', 'is not', null)
}
