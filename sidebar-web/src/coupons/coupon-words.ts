import type { CouponOffer, HeldCoupon } from '@zhanggui/shared/coupon.ts'
import { roundYuan, yuan } from '../ui/money.ts'
import { dayWords, momentWords, untilWords } from '../ui/times.ts'

type Worth = Pick<CouponOffer, 'kind' | 'value' | 'minimumSpend'>

/** ¥100, 8.5折 (for 15 % off), or 礼. */
export function faceValue({ kind, value }: Worth): string {
  if (kind === 'amount') return yuan(value)
  if (kind === 'percent') return `${((100 - value) / 10).toFixed(1).replace(/\.0$/, '')}折`
  return '礼品'
}

/** 满 999, 无门槛 */
export function thresholdWords({ minimumSpend }: Worth): string {
  return minimumSpend > 0 ? `满 ${roundYuan(minimumSpend).slice(1)}` : '无门槛'
}

const places = { store: '门店用', mall: '商城用', both: '线上线下' }

/** 全场 · 线上线下 · 至 12月31日 */
export function termsWords(offer: CouponOffer, now: number): string {
  const [first] = offer.storeNames
  const stores = offer.storeNames.length > 1 ? `${first} 等 ${offer.storeNames.length} 家` : first
  return [stores ?? '全场', places[offer.redeemAt], untilWords(offer.validTo, now)].join(' · ')
}

/** 余 86 张 · 每人 1 张 */
export function stockWords({ remaining, perCustomer }: CouponOffer): string {
  return [remaining === undefined ? '' : `余 ${remaining} 张`, `每人 ${perCustomer} 张`].filter(Boolean).join(' · ')
}

export function unavailableWords(offer: CouponOffer): string | undefined {
  if (offer.unavailable === undefined) return undefined
  return {
    coupon_out_of_stock: '已经发完',
    coupon_limit_reached: `已领满 ${offer.perCustomer} 张`,
    coupon_not_valid: '不在有效期',
  }[offer.unavailable]
}

const states = { issued: '还没打开', opened: '已打开', claimed: '已收下', expired: '已过期' }

/** 林晓 11月3日送出 · 已打开 */
export function heldWords(coupon: HeldCoupon, now: number): string {
  const given = coupon.issuedByName
    ? `${coupon.issuedByName} ${dayWords(coupon.issuedAt, now)}送出`
    : `${dayWords(coupon.issuedAt, now)}系统发放`
  return `${given} · ${coupon.state === 'redeemed' ? usedWords(coupon, now) : states[coupon.state]}`
}

/** 今天 10:05 在万象城专柜用了 */
function usedWords({ redeemedAt, redeemedStoreName }: HeldCoupon, now: number): string {
  return `${redeemedAt ? `${momentWords(redeemedAt, now)} ` : ''}在${redeemedStoreName ?? '线上商城'}用了`
}

/** What can be sent stands first; otherwise the order is the server's. */
export function sendableFirst(offers: readonly CouponOffer[]): CouponOffer[] {
  return [...offers.filter((offer) => !offer.unavailable), ...offers.filter((offer) => offer.unavailable)]
}
