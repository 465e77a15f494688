import type { CustomerSeed, GroupSeed, MemberSeed, RelationSeed, TagGroupSeed, WorldSeed } from '../world-seed.ts'
import { addCustomer, addMember, addRelation, seconds } from './add.ts'
import { chatOf, groupChatKey, singleChatKey } from './chats.ts'
import type { GroupMember, World } from './model.ts'
import { avatarColor } from './names.ts'
import { derivedId, newId } from './random.ts'
import { settled } from './standing.ts'

export const EMPTY_SEED: WorldSeed = {
  departments: [{ id: 1, name: '总部', parentId: 0 }],
  members: [],
  customers: [],
  relations: [],
  tagGroups: [],
  groups: [],
}

export function createWorld(seed: WorldSeed): World {
  const world: World = {
    corpName: seed.corpName ?? '万象城',
    random: { state: seed.random ?? 1, issued: 0 },
    departments: new Map(seed.departments.map((each) => [each.id, { order: 0, ...each }])),
    members: new Map(),
    customers: new Map(),
    customerByPhone: new Map(),
    relations: new Map(),
    followers: new Map(),
    tagGroups: new Map(),
    tags: new Map(),
    groups: new Map(),
    groupsOfMember: new Map(),
    chats: new Map(),
    media: new Map(),
    uploadedPictures: new Map(),
    contactWays: new Map(),
    ...nothingYet(),
    sms: [],
    appMessages: [],
  }
  for (const member of seed.members) addSeedMember(world, member)
  for (const customer of seed.customers) addSeedCustomer(world, customer)
  for (const tagGroup of seed.tagGroups) addSeedTags(world, tagGroup)
  for (const relation of seed.relations) addSeedRelation(world, relation)
  for (const group of seed.groups) addSeedGroup(world, group)
  return world
}

/** What a world of an older simulator lacks. */
export function nothingYet() {
  return {
    joinWays: new Map(),
    departed: new Map(),
    transfers: [],
    acquisitionLinks: new Map(),
    acquisitionQuota: { total: 1000, parts: [{ expiresAt: seconds('2030-01-01T00:00:00+08:00'), balance: 1000 }] },
    chatKeys: new Map(),
  } satisfies Partial<World>
}

function addSeedMember(world: World, seed: MemberSeed) {
  const member = settled({
    userId: seed.userId,
    name: seed.name,
    departmentIds: [...seed.departmentIds],
    storeName: seed.storeName ?? '',
    avatarColor: seed.avatarColor ?? avatarColor(world.random),
    position: seed.position ?? '',
    configured: seed.follows,
    visible: seed.visible ?? true,
    status: seed.status ?? 1,
    openUserId: derivedId('wo', seed.userId),
  })
  addMember(world, member)
}

function addSeedCustomer(world: World, seed: CustomerSeed) {
  addCustomer(world, {
    ...seed,
    type: seed.type ?? 1,
    avatarColor: seed.avatarColor ?? avatarColor(world.random),
  })
}

function addSeedTags(world: World, seed: TagGroupSeed) {
  const createdAt = seed.createdAt ? seconds(seed.createdAt) : 0
  world.tagGroups.set(seed.groupId, {
    id: seed.groupId,
    name: seed.name,
    createdAt,
    order: seed.order ?? 0,
    ownedByApp: seed.ownedByApp ?? false,
    deleted: false,
    tagIds: seed.tags.map((tag) => tag.tagId),
  })
  for (const { tagId, name, order = 0 } of seed.tags) {
    world.tags.set(tagId, { id: tagId, groupId: seed.groupId, name, createdAt, order, deleted: false })
  }
}

function addSeedRelation(world: World, seed: RelationSeed) {
  addRelation(world, {
    guide: seed.guide,
    customer: seed.customer,
    state: seed.lost ? 'lost' : 'friends',
    addedAt: seconds(seed.addedAt),
    addWay: seed.addWay,
    channelState: seed.state ?? '',
    remark: seed.remark ?? '',
    description: seed.description ?? '',
    company: '',
    phones: [],
    tagIds: [...seed.tags],
    ownTags: [...(seed.ownTags ?? [])],
    chatStarted: true,
    welcomed: true,
  })
  for (const { from, text, at } of seed.messages ?? []) {
    const id = newId(world.random, 'msg', 20)
    const message = {
      id,
      at: new Date(at).toISOString(),
      from,
      via: 'typed',
      seenBy: 'both',
      kind: 'text',
      text,
    } as const
    chatOf(world, singleChatKey(seed.guide, seed.customer)).messages.push(message)
  }
}

function addSeedGroup(world: World, seed: GroupSeed) {
  const members = seed.members.map(({ joinedAt, ...member }): [string, GroupMember] => [
    member.id,
    { ...member, joinedAt: seconds(joinedAt) },
  ])
  world.groups.set(seed.chatId, {
    chatId: seed.chatId,
    name: seed.name,
    owner: seed.owner,
    notice: seed.notice ?? '',
    createdAt: seconds(seed.createdAt),
    admins: [...(seed.admins ?? [])],
    members: new Map(members),
    version: derivedId('', `${seed.chatId}:${seed.members.length}`),
    dismissed: false,
  })
  for (const { id } of seed.members) {
    const groups = world.groupsOfMember.get(id) ?? new Set()
    world.groupsOfMember.set(id, groups.add(seed.chatId))
  }
  const last = seed.lastMessage
  if (!last) return
  chatOf(world, groupChatKey(seed.chatId)).messages.push({
    id: newId(world.random, 'msg', 20),
    at: new Date(last.at).toISOString(),
    from: world.customers.has(last.from) ? 'customer' : 'guide',
    via: 'typed',
    seenBy: 'both',
    senderId: last.from,
    kind: 'text',
    text: last.text,
  })
}
