import type { ChatSummary, GuideView } from '../control-types.ts'
import { chatOf, groupChatKey, singleChatKey, textOf } from './chats.ts'
import type { Chat, Group, Member, Relation, World } from './model.ts'

const GROUP_COLOR = '#a58bc9'
const MOST_CHATS = 200

/** Newest first. */
export function listChats(world: World, guide: string): ChatSummary[] {
  const singles = [...(world.relations.get(guide)?.values() ?? [])].flatMap((relation) =>
    relation.state === 'removed' ? [] : (singleSummary(world, relation) ?? []),
  )
  const groups = [...(world.groupsOfMember.get(guide) ?? [])].flatMap((chatId) => {
    const group = world.groups.get(chatId)
    return group && !group.dismissed ? groupSummary(world, guide, group) : []
  })
  return [...singles, ...groups].sort((a, b) => b.lastAt.localeCompare(a.lastAt)).slice(0, MOST_CHATS)
}

export function findSummary(world: World, guide: string, chat: string): ChatSummary | undefined {
  const group = world.groups.get(chat)
  if (group) return group.dismissed || !group.members.has(guide) ? undefined : groupSummary(world, guide, group)
  const relation = world.relations.get(guide)?.get(chat)
  return relation && singleSummary(world, relation)
}

function singleSummary(world: World, relation: Relation): ChatSummary | undefined {
  const customer = world.customers.get(relation.customer)
  if (!customer) return undefined
  const chat = world.chats.get(singleChatKey(relation.guide, relation.customer))
  return {
    guide: relation.guide,
    chat: relation.customer,
    kind: 'single',
    name: customer.name,
    remark: relation.remark || undefined,
    badge: customer.type === 1 ? '@微信' : `@${customer.corpName ?? '企业微信'}`,
    avatarColor: customer.avatarColor,
    relation: relation.state,
    ...lastOf(chat, relation.addedAt),
    unread: chat?.unread.get(relation.guide) ?? 0,
  }
}

function groupSummary(world: World, guide: string, group: Group): ChatSummary {
  const chat = world.chats.get(groupChatKey(group.chatId))
  return {
    guide,
    chat: group.chatId,
    kind: 'group',
    name: group.name || '群聊',
    badge: `${group.members.size} 人`,
    avatarColor: GROUP_COLOR,
    ...lastOf(chat, group.createdAt),
    unread: chat?.unread.get(guide) ?? 0,
  }
}

function lastOf(chat: Chat | undefined, otherwise: number): { lastText: string; lastAt: string } {
  const last = chat?.messages.at(-1)
  // What was said goes before what only the client notes down.
  const words =
    chat?.messages.findLast((message) => message.seenBy === 'both') ??
    chat?.messages.findLast((message) => message.seenBy === 'guide')
  return { lastText: words ? textOf(words) : '', lastAt: last?.at ?? new Date(otherwise * 1000).toISOString() }
}

export function guideView(world: World, member: Member): GuideView {
  let unread = 0
  for (const customer of world.relations.get(member.userId)?.keys() ?? []) {
    unread += world.chats.get(singleChatKey(member.userId, customer))?.unread.get(member.userId) ?? 0
  }
  for (const chatId of world.groupsOfMember.get(member.userId) ?? []) {
    unread += chatOf(world, groupChatKey(chatId)).unread.get(member.userId) ?? 0
  }
  const { userId, name, storeName, avatarColor } = member
  return { userId, name, storeName, avatarColor, unread }
}
