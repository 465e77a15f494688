import type { EventFields, SendOptions } from '../callbacks/sender.ts'
import type { Context } from '../context.ts'
import type { Message, RelationState } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { chatKey, chatOf } from '../world/chats.ts'
import { findMember } from '../world/find.ts'
import { newId } from '../world/random.ts'
import { findSummary } from '../world/views.ts'

/** The callback goes out at once; the action does not wait for it. */
export function tell(context: Context, event: EventFields, options?: SendOptions): Happened {
  context.changed()
  return { delivered: context.sender.send(event, options) }
}

/** doc 92129: no event for members who are not configured for customer contact or out of range. */
export function tellAbout(context: Context, guide: string, event: EventFields, options?: SendOptions): Happened {
  if (findMember(context.world, guide)?.follows) return tell(context, event, options)
  context.changed()
  return { delivered: Promise.resolve(null) }
}

/** One change that is told in several callbacks; the first that arrives anywhere stands for all. */
export function together(happenings: readonly Happened[]): Happened {
  const all = happenings.map(({ delivered }) => delivered)
  return { delivered: Promise.all(all).then((deliveries) => deliveries.find((each) => each !== null) ?? null) }
}

type WithoutStamp<T> = T extends Message ? Omit<T, 'id' | 'at'> : never
export type NewMessage = WithoutStamp<Message>

/** Puts a message into the chat and shows it to every guide who has this chat open. */
export function say(context: Context, guide: string, chat: string, content: NewMessage): Message {
  const { world, changes } = context
  const message: Message = {
    ...content,
    id: newId(world.random, 'msg', 20),
    at: context.now().toISOString(),
  }
  const kept = chatOf(world, chatKey(world, guide, chat))
  kept.messages.push(message)
  for (const reader of readersOf(context, guide, chat)) {
    if (message.from === 'customer') kept.unread.set(reader, (kept.unread.get(reader) ?? 0) + 1)
    const summary = findSummary(world, reader, chat)
    if (summary) changes.emit({ type: 'message', guide: reader, chat, message, summary })
  }
  context.changed()
  return message
}

function readersOf({ world }: Context, guide: string, chat: string): string[] {
  const group = world.groups.get(chat)
  return group ? [...group.members.keys()].filter((id) => findMember(world, id)) : [guide]
}

export function note(context: Context, guide: string, chat: string, seenBy: Message['seenBy'], text: string) {
  say(context, guide, chat, { kind: 'text', from: 'system', via: 'system', seenBy, text })
}

export function showRelation({ world, changes }: Context, guide: string, chat: string, state: RelationState) {
  const summary = findSummary(world, guide, chat)
  if (summary) changes.emit({ type: 'relation', guide, chat, state, summary })
}

export function showChat({ world, changes }: Context, guide: string, chat: string) {
  changes.emit({ type: 'chat', guide, chat, summary: findSummary(world, guide, chat) ?? null })
}
