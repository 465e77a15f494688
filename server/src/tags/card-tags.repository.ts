import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Pair } from './tag-writes.repository.ts'

/** What stands on live relations, in WeCom's order; a guide's own tags only of the relation shown. */
export function listStandingTags(db: Db, externalUserId: string, shownGuideUserId: string | undefined) {
  return db
    .selectFrom('relationTag as standing')
    .innerJoin('followRelation as relation', (join) =>
      join
        .onRef('relation.externalUserId', '=', 'standing.externalUserId')
        .onRef('relation.guideUserId', '=', 'standing.guideUserId'),
    )
    .leftJoin('tag', 'tag.tagId', 'standing.tagId')
    .leftJoin('tagGroup', 'tagGroup.groupId', 'tag.groupId')
    .select(['standing.tagId', 'standing.groupName', 'standing.name', 'standing.source', 'standing.guideUserId'])
    .select(['tag.displayOrder', 'tagGroup.displayOrder as groupOrder'])
    .where('standing.externalUserId', '=', externalUserId)
    .where('relation.endedAt', 'is', null)
    .where((where) =>
      where.or([where('standing.source', '<>', 'guide'), where('standing.guideUserId', '=', shownGuideUserId ?? '')]),
    )
    .execute()
}

export type StandingTag = Awaited<ReturnType<typeof listStandingTags>>[number]

/** Taps that wait and taps that were refused since, with the names of their tags. */
export function listWrites(db: Db, { guideUserId, externalUserId }: Pair, refusedSince: Date) {
  return db
    .selectFrom('tagWrite as write')
    .innerJoin('tag', 'tag.tagId', 'write.tagId')
    .leftJoin('tagGroup', 'tagGroup.groupId', 'tag.groupId')
    .select(['write.tagId', 'write.wanted', 'write.refusedAt', 'write.errcode', 'write.guideUserId'])
    .select([sql<string>`coalesce(tag.name, '')`.as('name'), 'tag.displayOrder', 'tagGroup.displayOrder as groupOrder'])
    .select(sql<string>`coalesce(tag_group.name, tag.group_name, '')`.as('groupName'))
    .where('write.externalUserId', '=', externalUserId)
    .where(sql`lower(write.guide_user_id)`, '=', guideUserId.toLowerCase())
    .where((where) => where.or([where('write.refusedAt', 'is', null), where('write.refusedAt', '>', refusedSince)]))
    .orderBy('write.refusedAt')
    .orderBy('write.tagId')
    .execute()
}

export type ShownWrite = Awaited<ReturnType<typeof listWrites>>[number]

export async function listHeldTagIds(db: Db, { guideUserId, externalUserId }: Pair): Promise<Set<string>> {
  const rows = await db
    .selectFrom('followRelationTag')
    .select('tagId')
    .where('externalUserId', '=', externalUserId)
    .where('guideUserId', '=', guideUserId)
    .execute()
  return new Set(rows.map(({ tagId }) => tagId))
}
