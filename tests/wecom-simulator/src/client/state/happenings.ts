import type { ActionInputs, DeliveryView } from '../../control-types.ts'
import { act } from '../api.ts'
import { attempt, say } from './notices.ts'
import { markStep } from './story.ts'
import { onMessage, openChat, openChatId, world } from './world.ts'

/** What the buttons of the stage make happen. */

/** A guide takes this long to see a new chat in the list. */
const NOTICED_AFTER_MS = 1200

export async function newCustomer(options: Omit<ActionInputs['addFriend'], 'guide'> = {}): Promise<void> {
  const { guide } = world
  const known = new Set(world.chats.map(({ chat }) => chat))
  let opened = false

  function open(chat: string): void {
    if (opened || world.guide !== guide) return
    opened = true
    markStep('scan')
    void openChat(chat)
  }

  // The answer comes when the callback is over, which may take many tries; the guide does not wait that long.
  const stop = onMessage((of, chat) => {
    if (of === guide && !known.has(chat)) setTimeout(() => open(chat), NOTICED_AFTER_MS)
  })
  const added = await attempt(() => act('addFriend', { ...options, guide }))
  stop()
  if (!added) return
  open(added.externalUserId)
  tellDelivery(added.delivery)
}

export function deleteByCustomer(): Promise<void> {
  return withCustomer(async (pair) => tellDelivery((await act('deleteByCustomer', pair)).delivery))
}

export function deleteByGuide(): Promise<void> {
  return withCustomer(async (pair) => tellDelivery((await act('deleteByGuide', pair)).delivery))
}

export function confirmHalf(): Promise<void> {
  return withCustomer(async (pair) => tellDelivery((await act('confirmHalf', pair)).delivery))
}

/** The customer finds the guide again, by the same code. */
export async function addAgain(): Promise<void> {
  if (world.open?.summary.kind === 'single') await newCustomer({ customer: world.open.summary.chat })
}

export async function newGroup(): Promise<void> {
  const members = world.chats
    .filter(({ kind, relation }) => kind === 'single' && relation === 'friends')
    .slice(0, 6)
    .map(({ chat }) => chat)
  const made = await attempt(() => act('createGroup', { owner: world.guide, name: '老友群', members }))
  if (made) await openChat(made.chatId)
}

async function withCustomer(happen: (pair: { guide: string; customer: string }) => Promise<void>): Promise<void> {
  const customer = openChatId.value
  if (!customer || world.open?.summary.kind !== 'single') return say('先打开一位顾客的聊天')
  await attempt(() => happen({ guide: world.guide, customer }))
}

export function tellDelivery(delivery: DeliveryView | null): void {
  if (delivery && !delivery.ok) say(`回调没有送到：${delivery.status ? `服务器答 ${delivery.status}` : '没有回应'}`)
}
