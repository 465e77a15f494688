import { setTimeout as pause } from 'node:timers/promises'
import type { CallbackEvent } from '../callbacks/events.ts'
import type { Deps } from '../deps.ts'
import { isMember, prepareInvitation } from '../membership/invitations.ts'
import type { MessageAttachment } from '../wecom/shapes.ts'
import { mediaOf, toMessageAttachment } from './attachments.ts'
import { chooseRule } from './choose-rule.ts'
import { findLiveMedia } from './media.repository.ts'
import { cutToBytes, renderWelcome } from './render.ts'
import { findCustomerName, findWelcomePlace, listWelcomeRules } from './welcome.repository.ts'

/** A fact that is not there by then is left out: the welcome never waits for it. */
const FACTS_MS = 800

export interface Composition {
  text: string
  /** The membership invitation; undefined for a member. */
  invitation: { id: number; attachment: MessageAttachment } | undefined
  attachments: MessageAttachment[]
  ruleId: string | null
}

export type WelcomedEvent = CallbackEvent<'follow.added' | 'follow.half_added' | 'follow.archive_approved'>

/** Decides what to say, from what is known within 800 ms. */
export async function composeWelcome({ data, at, receivedAt }: WelcomedEvent, deps: Deps): Promise<Composition> {
  const { db, config, clock } = deps
  const { guideUserId, externalUserId } = data
  const channelState = 'channelState' in data ? data.channelState : undefined

  const deadline = new AbortController()
  const timer = pause(FACTS_MS, undefined, { signal: deadline.signal, ref: false }).catch(() => undefined)
  const soon = <T>(fact: Promise<T>): Promise<T | undefined> => Promise.race([fact.catch(() => undefined), timer])
  const [place, customer, rules] = await Promise.all([
    soon(learnPlace(guideUserId, deps)),
    soon(learnCustomer(externalUserId, receivedAt, deps)),
    soon(listWelcomeRules(db)),
  ])
  const member = await soon(isMember(db, { externalUserId, unionId: customer?.unionId }))
  deadline.abort()

  const rule = chooseRule(rules ?? [], { guideUserId, storeId: place?.storeId, channelState, at })
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
    text: renderWelcome(text, { customer: customer?.name, guide: place?.guideName, store: place?.storeName }),
    invitation: member ? undefined : await invite(guideUserId, externalUserId, place, deps),
    attachments: wanted.flatMap((attachment) => toMessageAttachment(attachment, media) ?? []),
    ruleId: rule?.ruleId ?? null,
  }
}

interface Place {
  guideName: string | undefined
  storeId: string | undefined
  storeName: string | undefined
}

async function learnPlace(guideUserId: string, { db, wecom }: Deps): Promise<Place> {
  const known = await findWelcomePlace(db, guideUserId)
  const place = { storeId: known?.storeId ?? undefined, storeName: known?.storeName ?? undefined }
  if (known?.guideName) return { ...place, guideName: known.guideName }
  const asked = await wecom
    .call('user/get', { userid: guideUserId }, { timeoutMs: FACTS_MS, retryBusy: false })
    .catch(() => undefined)
  return { ...place, guideName: asked?.name || undefined }
}

async function learnCustomer(externalUserId: string, freshSince: Date, { db, wecom }: Deps) {
  const known = await findCustomerName(db, externalUserId)
  if (known?.name) return { name: known.name, unionId: known.unionId ?? undefined }
  const asked = await wecom.call(
    'externalcontact/get',
    { external_userid: externalUserId },
    { timeoutMs: FACTS_MS, retryBusy: false, freshSince },
  )
  return { name: asked.external_contact.name || undefined, unionId: asked.external_contact.unionid }
}

async function invite(guideUserId: string, externalUserId: string, place: Place | undefined, deps: Deps) {
  const { url, invitationId } = await prepareInvitation(deps, { guideUserId, externalUserId })
  const inviter = [place?.storeName, place?.guideName].filter(Boolean).join(' ')
  const link = {
    title: cutToBytes(deps.config.inviteTitle, 128),
    desc: inviter ? `${cutToBytes(inviter, 200)} 邀请您入会:生日礼、积分、专属券` : '生日礼、积分、专属券,入会即享',
    url,
    picurl: `${deps.config.publicUrl}/pictures/invitation.png`,
  }
  return { id: invitationId, attachment: { msgtype: 'link', link } satisfies MessageAttachment }
}
