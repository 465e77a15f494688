import type { Deps } from '@zhanggui/server/deps.ts'
import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { listCustomersOf, listTagsOf } from '@zhanggui/wecom-simulator/world/find.ts'

/** A corp in words that do not depend on who tells it: what must be the same at WeCom and in the mirror. */
export interface CorpView {
  relations: Record<string, unknown>
  tagGroups: Record<string, unknown>
  groups: Record<string, unknown>
  guides: Record<string, unknown>
}

const SCENES = ['', 'direct', 'link', 'qr']
const second = (date: Date) => Math.floor(date.getTime() / 1000)
const inOrder = (view: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(view).sort(([left], [right]) => (left < right ? -1 : 1)))

/**
 * What WeCom knows. A customer's deletion of a guide leaves a one-way relation that WeCom lists like any other (doc
 * 90313), so only who heard of it can tell: `heardDeletion` says whether a pair's last one was told.
 */
export function corpAtWecom(
  { world }: Simulator,
  heardDeletion: (guide: string, customer: string) => boolean,
): CorpView {
  const members = [...world.members.values()]
  const relations = members
    .filter(({ follows }) => follows)
    .flatMap(({ userId }) => listCustomersOf(world, userId))
    .filter(({ state, guide, customer }) => state === 'friends' || !heardDeletion(guide, customer))
    .map((relation) => [
      `${relation.guide} ${relation.customer}`,
      {
        name: world.customers.get(relation.customer)?.name,
        startedAt: relation.addedAt,
        remark: relation.remark || null,
        description: relation.description || null,
        addWay: relation.addWay,
        state: relation.channelState || null,
        phones: relation.phones.length,
        tags: listTagsOf(world, relation)
          .map(({ name }) => name)
          .sort(),
      },
    ])
  const tagGroups = [...world.tagGroups.values()]
    .filter(({ deleted }) => !deleted)
    .map((group) => [
      group.id,
      {
        name: group.name,
        order: group.order,
        tags: group.tagIds
          .flatMap((id) => world.tags.get(id) ?? [])
          .filter(({ deleted }) => !deleted)
          .map(({ id, name, order }) => `${id} ${name} ${order}`)
          .sort(),
      },
    ])
  const groups = [...world.groups.values()]
    .filter(({ dismissed }) => !dismissed)
    .map((group) => [
      group.chatId,
      {
        name: group.name,
        owner: group.owner,
        notice: group.notice || null,
        members: [...group.members.values()]
          .map((member) => `${member.id} ${SCENES[member.joinScene]} ${member.joinedAt}`)
          .sort(),
      },
    ])
  const guides = members.map(({ userId, name, departmentIds, follows }) => [
    userId,
    { name, departmentIds: departmentIds.map(String), follows },
  ])
  return viewOf({ relations, tagGroups, groups, guides })
}

/** What the mirror holds. */
export async function corpInMirror(db: Deps['db']): Promise<CorpView> {
  const [relationRows, relationTags, tagGroupRows, tagRows, groupRows, memberRows, guideRows] = await Promise.all([
    db
      .selectFrom('followRelation as relation')
      .innerJoin('customer', 'customer.externalUserId', 'relation.externalUserId')
      .select([
        'guideUserId',
        'relation.externalUserId',
        'customer.name',
        'startedAt',
        'remark',
        'description',
        'addWay',
      ])
      .select(['channelState', 'phoneHashes'])
      .where('endedAt', 'is', null)
      .execute(),
    db.selectFrom('relationTag').selectAll().where('source', '=', 'wecom').execute(),
    db.selectFrom('tagGroup').selectAll().where('deletedAt', 'is', null).execute(),
    db.selectFrom('tag').selectAll().where('deletedAt', 'is', null).execute(),
    db.selectFrom('customerGroup').selectAll().where('endedAt', 'is', null).execute(),
    db.selectFrom('groupMembership').selectAll().where('leftAt', 'is', null).execute(),
    db.selectFrom('guide').selectAll().execute(),
  ])
  const relations = relationRows.map((row) => [
    `${row.guideUserId} ${row.externalUserId}`,
    {
      name: row.name,
      startedAt: second(row.startedAt),
      remark: row.remark,
      description: row.description,
      addWay: row.addWay,
      state: row.channelState,
      phones: row.phoneHashes.length,
      tags: relationTags
        .filter((tag) => tag.guideUserId === row.guideUserId && tag.externalUserId === row.externalUserId)
        .map(({ name }) => name)
        .sort(),
    },
  ])
  const tagGroups = tagGroupRows.map(({ groupId, name, displayOrder }) => [
    groupId,
    {
      name,
      order: displayOrder,
      tags: tagRows
        .filter((tag) => tag.groupId === groupId)
        .map((tag) => `${tag.tagId} ${tag.name} ${tag.displayOrder}`)
        .sort(),
    },
  ])
  const groups = groupRows.map(({ chatId, name, ownerUserId, notice }) => [
    chatId,
    {
      name,
      owner: ownerUserId,
      notice,
      members: memberRows
        .filter((member) => member.chatId === chatId)
        .map((member) => `${member.memberId} ${member.joinScene} ${second(member.joinedAt)}`)
        .sort(),
    },
  ])
  const guides = guideRows.map(({ userId, name, departmentIds, follows }) => [userId, { name, departmentIds, follows }])
  return viewOf({ relations, tagGroups, groups, guides })
}

function viewOf(lists: { [K in keyof CorpView]: unknown[][] }): CorpView {
  const { relations, tagGroups, groups, guides } = lists
  return {
    relations: inOrder(Object.fromEntries(relations)),
    tagGroups: inOrder(Object.fromEntries(tagGroups)),
    groups: inOrder(Object.fromEntries(groups)),
    guides: inOrder(Object.fromEntries(guides)),
  }
}
