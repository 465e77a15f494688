import type {
  Directory,
  FollowRelation,
  GroupPerson,
  GroupView,
  Stretch,
  TagGroupView,
  TagView,
} from '../cloud/directory.ts'
import { findMember, isGone, listCustomersOf, listFollowersOf, listTagsOf } from './find.ts'
import type { GroupLag } from './group-lag.ts'
import type { Group, GroupMember, Relation, Tag, TagGroup, World } from './model.ts'
import { listLiveTags } from './tags.ts'

const NORMAL = 0
const OWNER_RESIGNED = 1
const INHERITED = 3

/** A world as the reading half of the API sees it. */
export function createWorldDirectory(world: World, groupLag: GroupLag): Directory {
  const members = () => [...world.members.values()]
  return {
    get corpName() {
      return world.corpName
    },
    findDepartment: (id) => world.departments.get(id),
    listSubDepartments: (id) => [...world.departments.values()].filter((each) => each.parentId === id),
    findMember: (userId) => findMember(world, userId),
    listMembers: (id) => members().filter((member) => member.visible && member.departmentIds.includes(id)),
    listFollowUserIds: () =>
      members()
        .filter((member) => member.follows)
        .map((member) => member.userId),

    findContact: (externalUserId) => world.customers.get(externalUserId),
    listCustomerIds: (guide) => listCustomersOf(world, guide).map((relation) => relation.customer),
    listFollows(guide, from, limit) {
      const { rows, next } = stretchOf(listCustomersOf(world, guide), from, limit)
      const follows = rows.flatMap((relation) => {
        const contact = world.customers.get(relation.customer)
        return contact ? [{ contact, relation: withLiveTags(world, relation) }] : []
      })
      return { rows: follows, next }
    },
    listFollowers(externalUserId, from, limit) {
      const { rows, next } = stretchOf(listFollowersOf(world, externalUserId), from, limit)
      return { rows: rows.map((relation) => withLiveTags(world, relation)), next }
    },

    listTagGroups() {
      const live = [...world.tagGroups.values()].filter((group) => !group.deleted)
      return live.map((group) => tagGroupView(group, listLiveTags(world, group)))
    },
    findTagGroup(id) {
      const group = world.tagGroups.get(id)
      return (
        group &&
        tagGroupView(
          group,
          group.tagIds.flatMap((tagId) => world.tags.get(tagId) ?? []),
        )
      )
    },
    findTag(id) {
      const tag = world.tags.get(id)
      const group = tag && world.tagGroups.get(tag.groupId)
      return group && tagView(group, tag)
    },

    listGroups({ owners, status }, from, limit) {
      const wanted = owners && new Set(owners.map((owner) => owner.toLowerCase()))
      const found = [...world.groups.values()].filter(
        (group) =>
          !group.dismissed &&
          // Groups of who left are found by their owner only (doc 92120).
          (wanted ? wanted.has(group.owner.toLowerCase()) : !isGone(world, group.owner)) &&
          (status === 0 || statusOf(world, group) === status),
      )
      const { rows, next } = stretchOf(found, from, limit)
      return { rows: rows.map((group) => ({ chatId: group.chatId, status: statusOf(world, group) })), next }
    },
    findGroup(chatId) {
      const group = groupLag.read(chatId)
      return group && groupView(world, group)
    },
  }
}

function stretchOf<T>(rows: readonly T[], from: number, limit: number): Stretch<T> {
  const end = from + limit
  return { rows: rows.slice(from, end), next: end < rows.length ? end : undefined }
}

function withLiveTags(world: World, relation: Relation): FollowRelation {
  return { ...relation, tagIds: listTagsOf(world, relation).map((tag) => tag.id) }
}

function tagGroupView(group: TagGroup, tags: Tag[]): TagGroupView {
  return { ...group, tags: tags.map((tag) => tagView(group, tag)) }
}

function tagView(group: TagGroup, tag: Tag): TagView {
  return { ...tag, groupName: group.name }
}

function statusOf(world: World, group: Group): number {
  if (isGone(world, group.owner)) return OWNER_RESIGNED
  return group.inherited ? INHERITED : NORMAL
}

function groupView(world: World, group: Group): GroupView {
  return { ...group, members: [...group.members.values()].map((member) => groupPerson(world, member)) }
}

function groupPerson(world: World, member: GroupMember): GroupPerson {
  const customer = world.customers.get(member.id)
  const name = customer?.name ?? findMember(world, member.id)?.name ?? ''
  return { ...member, name, external: customer !== undefined, unionId: customer?.unionId }
}
