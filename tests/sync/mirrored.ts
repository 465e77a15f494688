import type { Deps } from '@zhanggui/server/deps.ts'
import type { RunningCorp } from '@zhanggui/wecom-simulator/reference-corp/start.ts'

/** One relation in words that do not depend on who tells it. The phones are compared by number only: they are sealed. */
type Line = string

/** What WeCom would tell of every relation, in order. */
export function told({ corp, generation }: RunningCorp): Line[] {
  const lines: Line[] = []
  for (const guide of corp.guides())
    for (const { contact, relation } of corp.relationsOf(guide, generation))
      lines.push(
        lineOf({
          guide,
          customer: contact.externalUserId,
          name: contact.name,
          unionId: contact.unionId ?? null,
          startedAt: relation.addedAt,
          remark: relation.remark || null,
          description: relation.description || null,
          company: relation.company || null,
          addWay: relation.addWay,
          channelState: relation.channelState || null,
          phones: relation.phones.length,
          tagIds: [...relation.tagIds],
        }),
      )
  return lines.sort()
}

/** The live relations as the mirror holds them, in order. */
export async function held(db: Deps['db']): Promise<Line[]> {
  const rows = await db
    .selectFrom('followRelation')
    .innerJoin('customer', 'customer.externalUserId', 'followRelation.externalUserId')
    .select([
      'guideUserId',
      'followRelation.externalUserId',
      'name',
      'unionId',
      'startedAt',
      'remark',
      'description',
      'company',
      'addWay',
      'channelState',
      'phoneHashes',
    ])
    .where('endedAt', 'is', null)
    .execute()
  const tags = new Map<string, string[]>()
  for (const { guideUserId, externalUserId, tagId } of await db.selectFrom('followRelationTag').selectAll().execute()) {
    const pair = `${guideUserId} ${externalUserId}`
    tags.set(pair, [...(tags.get(pair) ?? []), tagId])
  }
  return rows
    .map((row) =>
      lineOf({
        guide: row.guideUserId,
        customer: row.externalUserId,
        name: row.name,
        unionId: row.unionId,
        startedAt: row.startedAt.getTime() / 1000,
        remark: row.remark,
        description: row.description,
        company: row.company,
        addWay: row.addWay,
        channelState: row.channelState,
        phones: row.phoneHashes.length,
        tagIds: tags.get(`${row.guideUserId} ${row.externalUserId}`) ?? [],
      }),
    )
    .sort()
}

function lineOf({ tagIds, ...relation }: { tagIds: string[] } & Record<string, unknown>): Line {
  return JSON.stringify([...Object.values(relation), [...tagIds].sort()])
}
