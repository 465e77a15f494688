import type { EndedBy, TimelineEntry, WelcomeOutcome } from '@zhanggui/shared/customer.ts'
import type { Purchase } from '@zhanggui/shared/order.ts'
import type { CouponEventTable } from '../coupons/coupons.table.ts'
import { channelWords } from '../orders/channel-words.ts'
import { welcomeReason, welcomeTitle } from '../welcome/outcome-words.ts'
import { formatFen } from '../wording/money.ts'

/** What happened to a customer, as the tables have it. */
export interface Story {
  follows: {
    guideUserId: string
    guideName: string | null
    what: 'started' | 'ended'
    at: Date
    endedBy: EndedBy | null
  }[]
  welcomes: {
    guideUserId: string
    outcome: WelcomeOutcome | null
    errcode: number | null
    finishedAt: Date | null
    latencyMs: number | null
  }[]
  invitations: { guideUserId: string; invitedAt: Date | null; openedAt: Date | null; enrolledAt: Date | null }[]
  shares: {
    guideUserId: string
    guideName: string | null
    kind: 'coupon' | 'product' | 'invitation'
    title: string
    createdAt: Date
    outcome: string | null
    visits: number
    visitedAt: Date | null
    couponOpenedAt: Date | null
  }[]
  coupons: {
    what: CouponEventTable['what']
    at: Date
    title: string
    reason: string | null
    guideUserId: string | null
    guideName: string | null
    storeName: string | null
  }[]
  purchases: readonly Purchase[]
}

const LENGTH = 20

/** The story in a guide's words, newest first. */
export function tellTimeline(story: Story, viewerUserId: string): TimelineEntry[] {
  const isMine = (guideUserId: string) => guideUserId.toLowerCase() === viewerUserId.toLowerCase()
  return [
    ...tellFollows(story.follows, isMine),
    ...story.welcomes.flatMap(tellWelcome),
    ...story.invitations.flatMap(tellInvitation),
    ...story.shares.flatMap((share) => tellShare(share, isMine(share.guideUserId))),
    ...story.coupons.flatMap((event) => tellCoupon(event, event.guideUserId !== null && isMine(event.guideUserId))),
    ...story.purchases.flatMap(tellPurchase),
  ]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, LENGTH)
}

/** WeCom's event and its answer may put one start a second apart: only the first since the last end is told. */
function tellFollows(follows: Story['follows'], isMine: (guideUserId: string) => boolean): TimelineEntry[] {
  const last = new Map<string, 'started' | 'ended'>()
  return follows.flatMap(({ guideUserId, guideName, what, at, endedBy }) => {
    if (last.get(guideUserId) === what) return []
    last.set(guideUserId, what)
    const guide = isMine(guideUserId) ? '你' : (guideName ?? '另一位导购')
    const kind = what === 'started' ? 'followed' : 'ended'
    const title = what === 'started' ? `和${guide}成为好友` : endedWords(guide, endedBy)
    return [{ kind, title, at: at.toISOString() } as const]
  })
}

function endedWords(guide: string, endedBy: EndedBy | null): string {
  if (endedBy === 'customer') return `客户删除了${guide}`
  if (endedBy === 'guide') return `${guide}删除了客户`
  if (endedBy === 'transfer') return `${guide}的好友关系转给了同事`
  return `和${guide}已不是好友`
}

function tellWelcome({ outcome, errcode, finishedAt, latencyMs }: Story['welcomes'][number]): TimelineEntry[] {
  if (!outcome || !finishedAt) return []
  const seconds = latencyMs === null ? undefined : `${(latencyMs / 1000).toFixed(1)} 秒`
  const detail = outcome === 'sent' ? seconds : welcomeReason(outcome, errcode)
  return [{ kind: 'welcome', title: welcomeTitle(outcome), ...(detail && { detail }), at: finishedAt.toISOString() }]
}

function tellInvitation({ invitedAt, openedAt, enrolledAt }: Story['invitations'][number]): TimelineEntry[] {
  return [
    ...(invitedAt ? [{ kind: 'invitation', title: '已邀请入会', at: invitedAt.toISOString() } as const] : []),
    ...(openedAt ? [{ kind: 'invitation', title: '打开了入会邀请', at: openedAt.toISOString() } as const] : []),
    ...(enrolledAt ? [{ kind: 'enrolled', title: '开了会员卡', at: enrolledAt.toISOString() } as const] : []),
  ]
}

function tellShare(share: Story['shares'][number], mine: boolean): TimelineEntry[] {
  const { kind, title, createdAt, outcome, visits, visitedAt, couponOpenedAt } = share
  const guide = mine ? '你' : (share.guideName ?? '另一位导购')
  const thing = kind === 'coupon' ? `优惠券「${title}」` : `「${title}」`
  const detail = outcome === 'withdrawn' ? '已撤回' : outcome === 'handed_over' ? undefined : '不确定有没有发出'
  const opened = kind === 'coupon' ? couponOpenedAt : visitedAt
  return [
    { kind: 'share', title: `${guide}发了${thing}`, ...(detail && { detail }), at: createdAt.toISOString() },
    ...(opened
      ? [
          {
            kind: 'visit',
            title: `打开了${thing}`,
            ...(visits > 1 && { detail: `看了 ${visits} 次` }),
            at: opened.toISOString(),
          } as const,
        ]
      : []),
  ]
}

function tellCoupon(event: Story['coupons'][number], mine: boolean): TimelineEntry[] {
  const { what, title, storeName, reason } = event
  const guide = mine ? '你' : event.guideName
  const at = event.at.toISOString()
  const coupon = `优惠券「${title}」`
  if (what === 'issued') return [{ kind: 'coupon', title: `${guide ? `${guide}给了` : '系统发了'}${coupon}`, at }]
  if (what === 'opened') return [{ kind: 'coupon', title: `打开了${coupon}`, at }]
  if (what === 'claimed') return [{ kind: 'coupon', title: `收下了${coupon}`, at }]
  if (what === 'redeemed') {
    const detail = [storeName ?? '线上商城', guide && `${guide}核销`].filter(Boolean).join(' · ')
    return [{ kind: 'coupon', title: `用了${coupon}`, detail, at }]
  }
  if (what === 'undone')
    return [{ kind: 'coupon', title: `撤销了${coupon}的核销`, ...(reason && { detail: reason }), at }]
  return []
}

function tellPurchase(purchase: Purchase): TimelineEntry[] {
  const { lines, paidAmount, storeName, channel, placedAt, isRefund, refunds = [] } = purchase
  const units = lines.reduce((sum, line) => sum + line.quantity, 0)
  const name = lines[0]?.name ?? '商品'
  const what = units > 1 ? `${name} 等 ${units} 件` : name
  const detail = `${formatFen(paidAmount)} · ${storeName ?? channelWords[channel]}`
  if (isRefund) return [{ kind: 'refund', title: `退了 ${what}`, detail, at: placedAt }]
  return [
    { kind: 'order', title: `买了 ${what}`, detail, at: placedAt },
    ...refunds.map(
      ({ amount, refundedAt }) =>
        ({ kind: 'refund', title: `退了 ${name}`, detail: formatFen(amount), at: refundedAt }) as const,
    ),
  ]
}
