import { singleChatKey } from './chats.ts'
import type { Member, World } from './model.ts'

/** A userid may change once (doc 90971); everything that names the member follows. */
export function renameMember(world: World, member: Member, newUserId: string) {
  const old = member.userId
  world.members.delete(old.toLowerCase())
  member.userId = newUserId
  world.members.set(newUserId.toLowerCase(), member)

  const relations = world.relations.get(old) ?? new Map()
  world.relations.delete(old)
  world.relations.set(newUserId, relations)
  for (const relation of relations.values()) {
    relation.guide = newUserId
    const followers = world.followers.get(relation.customer)
    followers?.delete(old)
    followers?.set(newUserId, relation)
    const chat = world.chats.get(singleChatKey(old, relation.customer))
    if (!chat) continue
    world.chats.delete(singleChatKey(old, relation.customer))
    world.chats.set(singleChatKey(newUserId, relation.customer), chat)
    chat.unread = new Map([...chat.unread].map(([reader, count]) => [reader === old ? newUserId : reader, count]))
  }

  const groups = world.groupsOfMember.get(old) ?? new Set()
  world.groupsOfMember.delete(old)
  world.groupsOfMember.set(newUserId, groups)
  for (const chatId of groups) {
    const group = world.groups.get(chatId)
    const membership = group?.members.get(old)
    if (!group || !membership) continue
    group.members.delete(old)
    group.members.set(newUserId, { ...membership, id: newUserId })
    for (const member of group.members.values()) if (member.invitedBy === old) member.invitedBy = newUserId
    if (group.owner === old) group.owner = newUserId
    group.admins = group.admins.map((admin) => (admin === old ? newUserId : admin))
  }

  const renamed = (user: string) => (user === old ? newUserId : user)
  for (const way of world.contactWays.values()) way.users = way.users.map(renamed)
  for (const link of world.acquisitionLinks.values()) {
    link.users = link.users.map(renamed)
    link.friends = link.friends.map((friend) => ({ ...friend, guide: renamed(friend.guide) }))
  }
  for (const spoken of world.chatKeys.values()) spoken.guide = renamed(spoken.guide)
  for (const transfer of world.transfers) {
    transfer.giver = renamed(transfer.giver)
    transfer.taker = renamed(transfer.taker)
  }
}
