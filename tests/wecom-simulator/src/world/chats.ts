import type { Message } from '../control-types.ts'
import type { Chat, World } from './model.ts'

export function singleChatKey(guide: string, customer: string): string {
  return `${guide}|${customer}`
}

export function groupChatKey(chatId: string): string {
  return `group|${chatId}`
}

/** `chat` as the page names it: an external_userid or a chat_id. */
export function chatKey(world: World, guide: string, chat: string): string {
  return world.groups.has(chat) ? groupChatKey(chat) : singleChatKey(guide, chat)
}

export function chatOf(world: World, key: string): Chat {
  const known = world.chats.get(key)
  if (known) return known
  const chat: Chat = { messages: [], unread: new Map() }
  world.chats.set(key, chat)
  return chat
}

export function textOf(message: Message): string {
  switch (message.kind) {
    case 'text':
      return message.text
    case 'link':
      return `[链接] ${message.title}`
    case 'miniprogram':
      return `[小程序] ${message.title}`
    case 'image':
      return '[图片]'
    case 'video':
      return '[视频]'
    case 'file':
      return `[文件] ${message.name}`
  }
}
