import type { CustomerCard, EndedBy } from '@zhanggui/shared/customer.ts'
import type { CardBenefits } from '@zhanggui/shared/tier.ts'
import { yuan } from '../ui/money.ts'
import { daysBetween, dayWords } from '../ui/times.ts'

export function nameOf(customer: CustomerCard): string {
  return customer.name ?? '新朋友'
}

/** 她, 他, or TA when WeCom does not say. */
function pronounOf(customer: Pick<CustomerCard, 'gender'>): string {
  if (customer.gender === undefined) return 'TA'
  return customer.gender === 'female' ? '她' : '他'
}

/** Puts her, him or TA (set apart by spaces, as Latin letters are) where `text` says {}. */
export function speakOf(customer: Pick<CustomerCard, 'gender'> | undefined, text: string): string {
  const they = pronounOf(customer ?? {})
  if (they !== 'TA') return text.replace(/\{\}/g, they)
  return text
    .replace(/ ?\{\} ?/g, ' TA ')
    .replace(/ (?=[,。?])/g, '')
    .replace(/([,。?]) /g, '$1')
    .trim()
}

interface Badge {
  text: string
  member: boolean
}

/** The tier of a member, or how far the invitation got. */
export function memberBadge({ member, invitation }: CustomerCard): Badge {
  if (member) return { text: member.tier ?? '会员', member: true }
  if (invitation?.state === 'opened') return { text: '已打开邀请', member: false }
  if (invitation?.state === 'invited') return { text: '邀请中', member: false }
  return { text: invitation ? '刚入会' : '未入会', member: false }
}

/** 差 ¥1,280 升铂金 */
export function gapWords({ benefits }: CustomerCard): string {
  return benefits?.next ? `差 ${yuan(benefits.next.missing)} 升${benefits.next.name}` : ''
}

/** 再消费 ¥1,280 升铂金, on whichever purchases bring it soonest. */
export function upgradeWords({ name, missing, brand, inStores }: NonNullable<CardBenefits['next']>): string {
  const where = brand ? `再买${brand}` : inStores ? '在指定门店再消费' : '再消费'
  return `${where} ${yuan(missing)} 升${name}`
}

export const giftWords: Record<NonNullable<CardBenefits['gift']>['state'], string> = {
  locked: '本月消费任意一单就有',
  coming: '已解锁,马上到券包',
  held: '已到券包,到店领',
  used: '本月已领',
}

const endings: Record<EndedBy, string> = {
  customer: '对方已删除',
  guide: '已删除对方',
  transfer: '已转给同事',
  missing: '已不是好友',
}

/** 我的客户 · 扫码添加 · 好友 214 天. A friend who belongs to a colleague is not mine: 归属 周敏 · 群聊添加 · 好友 52 天 */
export function relationLine(customer: CustomerCard, now: number): string {
  const { relation, owner } = customer
  if (!relation) return ownerLine(customer)
  const mine = owner ? owner.isMe : relation.isMine
  const whose = mine ? '我的客户' : ownerLine(customer)
  if (relation.endedAt) {
    return `${whose} · ${dayWords(relation.endedAt, now)}${endings[relation.endedBy ?? 'missing']}`
  }
  const days = daysBetween(Date.parse(relation.startedAt), now)
  return [whose, relation.addWay, days > 0 ? `好友 ${days} 天` : '今天加的好友'].join(' · ')
}

/** 归属 林晓: who the customer belongs to, which may be a colleague. */
export function ownerLine({ owner }: CustomerCard): string {
  if (!owner) return '还没有归属导购'
  return `归属 ${owner.isMe ? '我' : (owner.name ?? '同事')}`
}

const RECENT_MS = 30 * 60_000

/** Somebody just invited may become a member any moment; a name WeCom has not told yet comes soon. */
export function expectsNews({ name, member, invitation, relation }: CustomerCard, now: number): boolean {
  if (member) return false
  const moments = [invitation?.invitedAt, invitation?.openedAt, relation?.startedAt]
  const recent = moments.some((time) => time !== undefined && now - Date.parse(time) < RECENT_MS)
  return recent || (name === undefined && relation !== undefined)
}
