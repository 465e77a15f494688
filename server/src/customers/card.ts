import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import type { CardTags } from '@zhanggui/shared/tag.ts'
import { summarizeUsableCoupons } from '../coupons/held.repository.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { findMemberOf } from '../membership/members.repository.ts'
import { maskPhone } from '../membership/phone-mask.ts'
import { customerTotals } from '../orders/orders.repository.ts'
import { listPurchases } from '../orders/purchases.repository.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { readCardTags } from '../tags/card-tags.ts'
import { readMembership } from '../tiers/card-benefits.repository.ts'
import { tellBenefits } from '../tiers/card-benefits.ts'
import { welcomeReason } from '../welcome/outcome-words.ts'
import { addWayWords } from './add-way.ts'
import { findCustomerWithOwner, findRelationToShow } from './card.repository.ts'
import {
  listCouponEvents,
  listFollowEvents,
  listInvitations,
  listSharesAndVisits,
  listWelcomes,
} from './timeline.repository.ts'
import { tellTimeline } from './timeline.ts'

const STORY = 20

type CardDeps = Pick<Deps, 'db' | 'clock' | 'cipher'>

/** All the 客户 tab shows. Whether the viewer may see it was asked before. */
export async function readCustomerCard(deps: CardDeps, viewer: Viewer, externalUserId: string): Promise<CustomerCard> {
  const { db, clock, cipher } = deps
  const [customer, relation] = await Promise.all([
    findCustomerWithOwner(db, externalUserId),
    findRelationToShow(db, externalUserId, viewer.userId),
  ])
  if (!customer) throw new AppError('customer_not_visible')
  const now = clock.now()
  const [
    cardTags,
    member,
    membership,
    totals,
    coupons,
    follows,
    welcomes,
    invitations,
    shares,
    couponEvents,
    { purchases },
  ] = await Promise.all([
    readCardTags(deps, {
      externalUserId,
      viewerUserId: viewer.userId,
      shownGuideUserId: relation?.guideUserId,
    }),
    findMemberOf(db, { externalUserId }),
    readMembership(db, externalUserId, now),
    customerTotals(db, externalUserId),
    summarizeUsableCoupons(db, externalUserId, now),
    listFollowEvents(db, externalUserId),
    listWelcomes(db, externalUserId, STORY),
    listInvitations(db, externalUserId),
    listSharesAndVisits(db, externalUserId, STORY),
    listCouponEvents(db, externalUserId, STORY),
    listPurchases(db, externalUserId, { limit: STORY }),
  ])
  const ofRelation = ({ guideUserId }: { guideUserId: string }) => same(guideUserId, relation?.guideUserId)
  const invitation = invitations.find(ofRelation)
  const welcome = welcomes.find(ofRelation)
  const benefits = member && membership && tellBenefits(membership, member.tier, now)

  return {
    externalUserId,
    ...present('name', customer.name),
    ...present('type', types[customer.type ?? 0]),
    ...present('gender', genders[customer.gender ?? 0]),
    ...present('avatar', customer.avatar),
    ...present('corpName', customer.corpName),
    ...present('relation', relation && toRelation(relation, cipher)),
    ...present('owner', toOwner(customer, viewer)),
    ...present('member', member && toMember(member, benefits?.tier?.name ?? member.tier, cipher)),
    ...present('benefits', benefits),
    ...present('invitation', invitation && toInvitation(invitation)),
    ...present('welcome', welcome && toWelcome(welcome)),
    tags: cardTags.tags,
    ...present('tagging', toTagging(cardTags)),
    totals,
    coupons: { usable: coupons.usable, ...present('nextExpiry', coupons.nextExpiry?.toISOString()) },
    timeline: tellTimeline({ follows, welcomes, invitations, shares, coupons: couponEvents, purchases }, viewer.userId),
    ...present('mirroredAt', customer.mirroredAt?.toISOString()),
  }
}

function toTagging({ pending, refusals }: CardTags): CustomerCard['tagging'] {
  return pending || refusals.length > 0 ? { pending, refusals } : undefined
}

/** doc 92114 */
const types: Record<number, CustomerCard['type']> = { 1: 'wechat', 2: 'wecom' }
const genders: Record<number, CustomerCard['gender']> = { 1: 'male', 2: 'female' }

type Row<T extends (...args: never[]) => Promise<unknown>> = NonNullable<Awaited<ReturnType<T>>>
type OneOf<T extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<T>>[number]

function toRelation(relation: Row<typeof findRelationToShow>, cipher: Deps['cipher']): CustomerCard['relation'] {
  const phones: string[] = relation.phonesSealed ? JSON.parse(cipher.open(relation.phonesSealed)) : []
  return {
    userId: relation.guideUserId,
    ...present('guideName', relation.guideName),
    isMine: relation.isMine,
    ...present('remark', relation.remark),
    ...present('description', relation.description),
    ...present('company', relation.company),
    ...(phones.length > 0 && { phones: phones.map(maskPhone) }),
    addWay: addWayWords(relation.addWay),
    ...present('channel', relation.channelName ?? relation.channelState),
    startedAt: relation.startedAt.toISOString(),
    ...present('endedAt', relation.endedAt?.toISOString()),
    ...present('endedBy', relation.endedBy),
  }
}

function toOwner(customer: Row<typeof findCustomerWithOwner>, viewer: Viewer): CustomerCard['owner'] {
  if (!customer.ownerUserId) return undefined
  return {
    userId: customer.ownerUserId,
    ...present('name', customer.ownerName),
    isMe: same(customer.ownerUserId, viewer.userId),
    ...present('since', customer.ownerSince?.toISOString()),
  }
}

function toMember(
  member: Row<typeof findMemberOf>,
  tier: string | null,
  cipher: Deps['cipher'],
): CustomerCard['member'] {
  return {
    memberNo: member.memberNo,
    ...present('tier', tier),
    ...present('points', member.points),
    ...present('storedValue', member.storedValue),
    joinedAt: member.joinedAt.toISOString(),
    ...present('phone', member.phoneSealed && maskPhone(cipher.open(member.phoneSealed))),
    ...present('birthday', member.birthday),
    source: member.source,
    updatedAt: member.updatedAt.toISOString(),
  }
}

/** A link handed on by other means is opened without ever having been marked as sent. */
function toInvitation({ invitedAt, openedAt, enrolledAt }: OneOf<typeof listInvitations>): CustomerCard['invitation'] {
  const since = invitedAt ?? openedAt ?? enrolledAt
  if (!since) return undefined
  return {
    state: enrolledAt ? 'enrolled' : openedAt ? 'opened' : 'invited',
    invitedAt: since.toISOString(),
    ...present('openedAt', openedAt?.toISOString()),
    ...present('enrolledAt', enrolledAt?.toISOString()),
  }
}

function toWelcome({ outcome, errcode, finishedAt, latencyMs }: OneOf<typeof listWelcomes>): CustomerCard['welcome'] {
  if (!outcome || !finishedAt) return undefined
  return {
    outcome,
    at: finishedAt.toISOString(),
    ...present('latencyMs', latencyMs),
    ...present('reason', welcomeReason(outcome, errcode)),
  }
}

/** WeCom compares userids without case. */
function same(a: string, b: string | undefined): boolean {
  return a.toLowerCase() === b?.toLowerCase()
}

/** A field without a value is absent. */
function present<K extends string, T>(key: K, value: T | null | undefined): { [P in K]?: T } {
  const entry: { [P in K]?: T } = {}
  if (value !== null && value !== undefined && value !== '') entry[key] = value
  return entry
}
