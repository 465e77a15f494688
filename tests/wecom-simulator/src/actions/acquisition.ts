import type { EventFields } from '../callbacks/sender.ts'
import { cutBytes } from '../cloud/cut-bytes.ts'
import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Befriended, Happened } from '../simulator-types.ts'
import { quotaBalance, useQuota } from '../world/acquisition.ts'
import { seconds } from '../world/add.ts'
import { listMembersBehind } from '../world/behind.ts'
import { getMember, getRelation, SimulatorError } from '../world/find.ts'
import type { AcquisitionLink, Relation, World } from '../world/model.ts'
import { newId } from '../world/random.ts'
import { nextServing } from '../world/round-robin.ts'
import { addFriend } from './friends.ts'
import { tell, tellAbout, together } from './happening.ts'

/** doc 97298 */
const CHANNEL_BYTES = 64
const BY_LINK = 16
/** doc 97299 */
const LOW_BALANCE = 20
const TOLD_MESSAGES = new Set([3, 5, 10])

/** A customer opens the link, with its customer_channel, and adds one of its members. */
export function addThroughLink(
  context: Context,
  input: ActionInputs['addThroughLink'],
): Befriended & { guide: string } {
  const { world } = context
  const link = getLink(world, input.linkId)
  const balance = quotaBalance(world.acquisitionQuota, context.now())
  if (balance === 0) throw new SimulatorError('获客额度用完了')
  const guide = input.guide
    ? getMember(world, input.guide)
    : nextServing(world, membersOf(world, link), link.friends.length, input.customer)
  if (!guide) throw new SimulatorError('链接里没有可以添加的成员')
  const channel = cutBytes(input.channel ?? '', CHANNEL_BYTES)
  const friend = addFriend(context, {
    guide: guide.userId,
    customer: input.customer,
    name: input.name,
    phone: input.phone,
    state: channel,
    half: input.half ?? link.skipVerify,
    addWay: BY_LINK,
  })
  const { externalUserId } = friend
  getRelation(world, guide.userId, externalUserId).link = { linkId: link.linkId, messages: 0 }
  link.clicks.push(seconds(context.now()))
  link.friends.push({ guide: guide.userId, customer: externalUserId, channel, at: seconds(context.now()) })
  useQuota(world.acquisitionQuota, context.now())
  const alert = tellBalance(context, balance)
  return { ...friend, guide: guide.userId, ...together([friend, ...alert]) }
}

/** open_profile and friend_request come to some industries only (doc 97299). */
export function openLink(context: Context, input: ActionInputs['openLink']): Happened {
  const link = getLink(context.world, input.linkId)
  link.clicks.push(seconds(context.now()))
  return tellLink(context, 'open_profile', link, input.channel)
}

export function requestThroughLink(context: Context, input: ActionInputs['requestThroughLink']): Happened {
  return tellLink(context, 'friend_request', getLink(context.world, input.linkId), input.channel)
}

/** Bought, or used up elsewhere. */
export function changeQuota(context: Context, input: ActionInputs['changeQuota']): Happened {
  const quota = context.world.acquisitionQuota
  const before = quotaBalance(quota, context.now())
  const expiresAt = input.expiresAt ?? seconds(context.now()) + 365 * 86_400
  quota.parts = input.balance > 0 ? [{ expiresAt, balance: input.balance }] : []
  quota.total = Math.max(quota.total, input.balance)
  return together(tellBalance(context, before))
}

/** 14, 7, 3, 2 and 1 days before; here whenever it is wished. */
export function quotaExpiresSoon(context: Context): Happened {
  const [first] = context.world.acquisitionQuota.parts
  if (!first) throw new SimulatorError('没有获客额度')
  return tellAcquisition(context, 'quota_expire_soon', {
    ExpireTime: first.expiresAt,
    ExpireQuotaNum: first.balance,
  })
}

export function linkUnavailable(context: Context, input: ActionInputs['linkUnavailable']): Happened {
  return tellAcquisition(context, 'link_unavailable', { LinkId: getLink(context.world, input.linkId).linkId })
}

/** In the console; the API's own deletion tells nobody. */
export function deleteLink(context: Context, input: ActionInputs['deleteLink']): Happened {
  const { linkId } = getLink(context.world, input.linkId)
  context.world.acquisitionLinks.delete(linkId)
  return tellAcquisition(context, 'delete_link', { LinkId: linkId })
}

/** The first message of a customer who came through a link, and the 3rd, 5th and 10th (doc 97299). */
export function countLinkMessage(context: Context, relation: Relation): Happened | undefined {
  const { link } = relation
  if (!link) return undefined
  link.messages += 1
  if (link.messages === 1) {
    return tellAbout(context, relation.guide, {
      Event: 'customer_acquisition',
      ChangeType: 'customer_start_chat',
      UserID: relation.guide,
      ExternalUserID: relation.customer,
      LinkId: link.linkId,
    })
  }
  if (!TOLD_MESSAGES.has(link.messages)) return undefined
  const chatKey = newId(context.world.random, 'CHATKEY', 40)
  const { guide, customer } = relation
  context.world.chatKeys.set(chatKey, { guide, customer, issuedAt: seconds(context.now()) })
  const event = {
    Event: 'customer_acquisition',
    ChangeType: 'message_from_customer',
    LinkId: link.linkId,
    ChatKey: chatKey,
  }
  return tellAbout(context, guide, event)
}

function membersOf(world: World, link: AcquisitionLink) {
  return listMembersBehind(world, link.users, link.departments)
}

function getLink(world: World, linkId: string): AcquisitionLink {
  const link = world.acquisitionLinks.get(linkId)
  if (!link) throw new SimulatorError('这个获客链接已经失效')
  return link
}

function tellBalance(context: Context, before: number): Happened[] {
  const now = quotaBalance(context.world.acquisitionQuota, context.now())
  if (before === 0 && now > 0) return [tellAcquisition(context, 'balance_increased')]
  if (before > 0 && now === 0) return [tellAcquisition(context, 'balance_exhausted')]
  if (before >= LOW_BALANCE && now < LOW_BALANCE) return [tellAcquisition(context, 'balance_low')]
  return []
}

function tellLink(context: Context, changeType: string, link: AcquisitionLink, channel = ''): Happened {
  return tellAcquisition(context, changeType, { LinkId: link.linkId, State: cutBytes(channel, CHANNEL_BYTES) })
}

function tellAcquisition(context: Context, changeType: string, fields: Partial<EventFields> = {}): Happened {
  return tell(context, { ...fields, Event: 'customer_acquisition', ChangeType: changeType })
}
