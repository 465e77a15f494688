import type { Context } from '../context.ts'
import type { ActionInputs, Message, MessageContent } from '../control-types.ts'
import { chatKey, chatOf } from '../world/chats.ts'
import { findRelation, getCustomer, getGroup, getMember, getRelation, SimulatorError } from '../world/find.ts'
import type { Relation } from '../world/model.ts'
import { countLinkMessage } from './acquisition.ts'
import { type NewMessage, note, say, showChat } from './happening.ts'

export function customerSays(context: Context, input: ActionInputs['customerSays']): Message {
  const { world } = context
  const { text } = input
  if (world.groups.has(input.chat)) {
    const senderId = input.customer ?? ''
    if (!getGroup(world, input.chat).members.has(senderId)) throw new SimulatorError('这位顾客不在群里')
    const senderName = getCustomer(world, senderId).name
    return say(context, input.guide, input.chat, {
      kind: 'text',
      text,
      from: 'customer',
      via: 'typed',
      seenBy: 'both',
      senderId,
      senderName,
    })
  }
  const relation = getRelation(world, input.guide, input.chat)
  if (relation.state === 'lost' || relation.state === 'removed') throw new SimulatorError('他们已经不是好友了')
  startChat(relation)
  void countLinkMessage(context, relation)
  return say(context, relation.guide, relation.customer, {
    kind: 'text',
    text,
    from: 'customer',
    via: 'typed',
    seenBy: 'both',
  })
}

export function guideSends(context: Context, input: ActionInputs['guideSends']): Message {
  const { world } = context
  const guide = getMember(world, input.guide)
  const content = contentOf(context, input.content)
  if (world.groups.has(input.chat)) {
    if (!getGroup(world, input.chat).members.has(guide.userId)) throw new SimulatorError('导购不在这个群里')
    const sender = { senderId: guide.userId, senderName: guide.name }
    return say(context, guide.userId, input.chat, {
      ...content,
      ...sender,
      from: 'guide',
      via: input.via,
      seenBy: 'both',
    })
  }
  const relation = findRelation(world, guide.userId, input.chat)
  if (!relation) throw new SimulatorError('他们还不是好友')
  const reaches = relation.state === 'friends' || relation.state === 'half'
  if (reaches) startChat(relation)
  const message = say(context, guide.userId, relation.customer, {
    ...content,
    from: 'guide',
    via: input.via,
    seenBy: reaches ? 'both' : 'guide',
  })
  if (!reaches) note(context, guide.userId, relation.customer, 'guide', '对方已不是你的好友,消息没有送达')
  return message
}

export function markRead(context: Context, input: ActionInputs['markRead']) {
  const guide = getMember(context.world, input.guide).userId
  const chat = chatOf(context.world, chatKey(context.world, guide, input.chat))
  if (!chat.unread.get(guide)) return
  chat.unread.delete(guide)
  showChat(context, guide, input.chat)
  context.changed()
}

export function showPhone(context: Context, input: ActionInputs['showPhone']) {
  context.world.shownPhone = getCustomer(context.world, input.customer).externalUserId
  context.changed()
}

/** doc 92137: from now on a welcome answers 41051. */
function startChat(relation: Relation) {
  relation.chatStarted = true
}

type Bare<T> = T extends NewMessage ? Omit<T, 'from' | 'via' | 'seenBy' | 'senderId' | 'senderName'> : never

/** How a chat shows what was sent: a media id becomes the uploaded thing. */
export function contentOf({ world }: Context, content: MessageContent): Bare<NewMessage> {
  switch (content.kind) {
    case 'text':
    case 'link':
    case 'miniprogram':
      return content
    case 'image':
    case 'video':
    case 'file': {
      const media = world.media.get(content.mediaId)
      if (media?.type !== content.kind) throw new SimulatorError('素材不存在或类型不对')
      const url = `/simulator/api/media/${media.mediaId}`
      return content.kind === 'file'
        ? { kind: 'file', name: media.fileName, size: media.bytes.length, url }
        : { kind: content.kind, url }
    }
  }
}
