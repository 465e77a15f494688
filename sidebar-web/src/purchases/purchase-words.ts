import type { Channel, Purchase, PurchasePage } from '@zhanggui/shared/order.ts'
import { roundYuan } from '../ui/money.ts'
import { monthWords } from '../ui/times.ts'

const channels: Record<Channel, string> = {
  store: '门店',
  mall: '商城',
  group: '群分享',
  live: '直播',
  guide_share: '导购分享',
  douyin: '抖音',
  kuaishou: '快手',
  other: '其他',
}

export function isOffline({ channel }: Purchase): boolean {
  return channel === 'store'
}

/** 万象城专柜 for a purchase in a shop, else the way it came. */
export function channelWords({ channel, storeName }: Purchase): string {
  return channel === 'store' ? (storeName ?? channels.store) : channels[channel]
}

/** 天鹅项链, or 天鹅项链 等 2 件. */
export function purchaseTitle({ lines }: Purchase): string {
  const units = lines.reduce((sum, line) => sum + line.quantity, 0)
  const first = lines[0]?.name ?? '没有明细'
  return units > 1 ? `${first} 等 ${units} 件` : first
}

/** 已退 for an order of which all the money came back, 部分已退 for some of it; nothing else. */
export function refundMark({ paidAmount, refunds = [], isRefund }: Purchase): string {
  if (isRefund) return '退货'
  const refunded = refundedOf(refunds)
  if (refunds.length === 0) return ''
  return refunded >= paidAmount ? '已退' : '部分已退'
}

export function refundedOf(refunds: Purchase['refunds'] = []): number {
  return refunds.reduce((sum, { amount }) => sum + amount, 0)
}

/** 销售 林晓 · 服务 周敏; nothing when the till named nobody. */
export function creditWords({ salesGuideName, serviceGuideName }: Purchase): string {
  const parts = [salesGuideName && `销售 ${salesGuideName}`, serviceGuideName && `服务 ${serviceGuideName}`]
  return parts.filter(Boolean).join(' · ')
}

/** Newest first stays newest first; a month is a heading. */
export function byMonth(purchases: readonly Purchase[]): { month: string; purchases: Purchase[] }[] {
  const months = new Map<string, Purchase[]>()
  for (const purchase of purchases) {
    const month = monthWords(purchase.placedAt)
    months.set(month, [...(months.get(month) ?? []), purchase])
  }
  return [...months].map(([month, own]) => ({ month, purchases: own }))
}

export function habitWords(habits: NonNullable<PurchasePage['habits']>): string[] {
  const { unitsPerOrder, intervalDays, usualSpend, favouriteCategory, favouriteBrand } = habits
  const spend = usualSpend && `常买 ${roundYuan(usualSpend.from)}–${roundYuan(usualSpend.to).slice(1)}`
  return [
    `连带 ${unitsPerOrder.toFixed(1)} 件`,
    intervalDays !== undefined && `复购约 ${intervalDays} 天`,
    spend,
    favouriteCategory && `${favouriteCategory.name} ${favouriteCategory.percent}%`,
    favouriteBrand && `${favouriteBrand.name} ${favouriteBrand.percent}%`,
  ].filter((word) => typeof word === 'string')
}
