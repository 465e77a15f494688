import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackEvent } from '../callbacks/events.ts'
import type { Deps } from '../deps.ts'
import { isMember, prepareInvitation } from '../membership/invitations.ts'
import type { MessageAttachment } from '../wecom/shapes.ts'
import { mediaOf, toMessageAttachment } from './attachments.ts'
import { chooseRule } from './choose-rule.ts'
import { findLiveMedia } from './media.repository.ts'
import { cutToBytes, renderWelcome } from './render.ts'
import type { WelcomeKnowledge } from './welcome.repository.ts'

/** A fact that is not there by then is left out: the welcome never waits for it. */
const FACTS_MS = 800
const NAME_FRESH_MS = 3_000

export interface Composition {
  text: string
  /** The membership invitation; undefined for a member. */
  invitation: { id: number; attachment: MessageAttachment } | undefined
  attachments: MessageAttachment[]
  ruleId: string | null
}

export type WelcomedEvent = CallbackEvent<'follow.added' | 'follow.half_added' | 'follow.archive_approved'>

/** Decides what to say from what is known, and from what WeCom tells within 800 ms. */
export async function composeWelcome(
  { data, at, receivedAt }: WelcomedEvent,
  known: WelcomeKnowledge,
  deps: Deps,
): Promise<Composition> {
  const { db, config, clock } = deps
  const { guideUserId, externalUserId } = data
  const channelState = 'channelState' in data ? data.channelState : undefined
  const [guide, customer] = await Promise.all([
    known.guideName ?? askGuideName(guideUserId, deps),
    known.customerName
      ? { name: known.customerName, unionId: undefined }
      : askCustomer(externalUserId, receivedAt, deps),
  ])
  const member =
    known.isMember ||
    (customer.unionId !== undefined && (await isMember(db, { externalUserId, unionId: customer.unionId })))
  const storeId = known.storeId ?? undefined
  const store = known.storeName ?? undefined

  const rule = chooseRule(known.rules, { guideUserId, storeId, channelState, channel: known.channel, at })
  const text = member
    ? (rule?.memberText ?? rule?.text ?? config.welcomeMemberText)
    : (rule?.text ?? config.welcomeText)

  const wanted = rule?.attachments ?? []
  const media = await findLiveMedia(
    db,
    wanted.flatMap((attachment) => mediaOf(attachment)?.url ?? []),
    clock.now(),
  )
  return {
    text: renderWelcome(text, { customer: customer.name, guide, store }),
    invitation: member ? undefined : await invite(guideUserId, externalUserId, [store, guide], deps),
    attachments: wanted.flatMap((attachment) => toMessageAttachment(attachment, media) ?? []),
    ruleId: rule?.ruleId ?? null,
  }
}

/** A name that WeCom does not tell in time, or at all, is left out. */
async function askGuideName(guideUserId: string, { wecom, clock }: Deps): Promise<string | undefined> {
  // Names do not change by the second, and a busy guide's friends come together.
  const freshSince = new Date(clock.now().getTime() - NAME_FRESH_MS)
  const asking = wecom.call('user/get', { userid: guideUserId }, { timeoutMs: FACTS_MS, retryBusy: false, freshSince })
  return (await inTime(asking))?.name || undefined
}

async function askCustomer(externalUserId: string, freshSince: Date, { wecom }: Deps) {
  const asking = wecom.call(
    'externalcontact/get',
    { external_userid: externalUserId },
    { timeoutMs: FACTS_MS, retryBusy: false, freshSince },
  )
  const contact = (await inTime(asking))?.external_contact
  return { name: contact?.name || undefined, unionId: contact?.unionid || undefined }
}

async function inTime<T>(fact: Promise<T>): Promise<T | undefined> {
  const over = new AbortController()
  const deadline = pause(FACTS_MS, undefined, { signal: over.signal, ref: false })
  try {
    return await Promise.race([fact, deadline])
  } catch {
    return undefined
  } finally {
    over.abort()
    deadline.catch(() => {})
  }
}

async function invite(guideUserId: string, externalUserId: string, names: (string | undefined)[], deps: Deps) {
  const { url, invitationId } = await prepareInvitation(deps, { guideUserId, externalUserId })
  const inviter = names.filter(Boolean).join(' ')
  const link = {
    title: cutToBytes(deps.config.inviteTitle, 128),
    desc: inviter ? `${cutToBytes(inviter, 200)} 邀请您入会:生日礼、积分、专属券` : '生日礼、积分、专属券,入会即享',
    url,
    picurl: `${deps.config.publicUrl}/pictures/invitation.png`,
  }
  return { id: invitationId, attachment: { msgtype: 'link', link } satisfies MessageAttachment }
}
