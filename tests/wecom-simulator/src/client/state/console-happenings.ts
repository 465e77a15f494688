import type { ActionInputs, CodeView } from '../../control-types.ts'
import { act, getChoices } from '../api.ts'
import { tellDelivery } from './happenings.ts'
import { attempt, say } from './notices.ts'
import { markStep } from './story.ts'
import { openChat, openChatId, world } from './world.ts'

/** What happens in a group, in the guide's own WeCom and in the console. */

/** A new customer scans a code; whose turn it is may be another guide. */
export async function scanCode({ id, kind }: CodeView): Promise<void> {
  if (kind === 'join') return joinByCode(id)
  const added = await attempt(() =>
    kind === 'link' ? act('addThroughLink', { linkId: id }) : act('scanContactWay', { configId: id }),
  )
  if (!added) return
  markStep('scan')
  if (added.guide === world.guide) await openChat(added.externalUserId)
  else say(`新顾客加的是${nameOf(added.guide)}，换到${nameOf(added.guide)}就能看到`)
  tellDelivery(added.delivery)
}

async function joinByCode(configId: string): Promise<void> {
  const joined = await attempt(() => act('scanJoinWay', { configId, members: [], stranger: true }))
  if (!joined) return
  if (world.chats.some(({ chat }) => chat === joined.chatId)) await openChat(joined.chatId)
  tellDelivery(joined.delivery)
}

export function joinGroup(): Promise<void> {
  return inGroup(async (chatId) => {
    const { delivery } = await act('joinGroup', { chatId, members: [], scene: 3, stranger: true })
    tellDelivery(delivery)
  })
}

/** The customer who came last goes. */
export function leaveGroup(): Promise<void> {
  return inGroup(async (chatId) => {
    const { groupMembers } = await getChoices(world.guide, chatId)
    const last = groupMembers.find(({ external }) => external)
    if (!last) return say('群里没有顾客了')
    tellDelivery((await act('leaveGroup', { chatId, members: [last.id] })).delivery)
  })
}

export function dismissGroup(): Promise<void> {
  return inGroup(async (chatId) => tellDelivery((await act('dismissGroup', { chatId })).delivery))
}

export async function switchTag(tag: string, on: boolean): Promise<void> {
  const customer = openChatId.value
  if (!customer) return
  const change = on ? { add: [tag] } : { remove: [tag] }
  const done = await attempt(() => act('editTags', { guide: world.guide, customer, ...change }))
  if (done) tellDelivery(done.delivery)
}

export async function guideLeaves(): Promise<void> {
  const done = await attempt(() => act('deleteMember', { userId: world.guide }))
  if (done) tellDelivery(done.delivery)
}

export async function guideReturns(userId: string): Promise<void> {
  const done = await attempt(() => act('returnToCorp', { userId }))
  if (done) tellDelivery(done.delivery)
}

export async function settleTransfer(input: ActionInputs['settleTransfer']): Promise<void> {
  const done = await attempt(() => act('settleTransfer', input))
  if (done) tellDelivery(done.delivery)
}

async function inGroup(happen: (chatId: string) => Promise<void>): Promise<void> {
  const chatId = openChatId.value
  if (!chatId || world.open?.summary.kind !== 'group') return say('先打开一个客户群')
  await attempt(() => happen(chatId))
}

function nameOf(guide: string): string {
  return world.guides.find(({ userId }) => userId === guide)?.name ?? guide
}
