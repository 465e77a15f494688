import type { CouponOffer, HeldCoupon } from '@zhanggui/shared/coupon.ts'

/** A template as one customer meets it. */
export interface Template {
  couponId: string
  title: string
  kind: CouponOffer['kind']
  value: number
  minimumSpend: number
  validFrom: Date
  validTo: Date
  stock: number | null
  issued: number
  perCustomer: number
  redeemAt: CouponOffer['redeemAt']
  storeIds: string[]
  storeNames: string[]
  /** How many this customer holds. */
  held: number | null
}

const MOST = 100

/** What can be sent comes first, then what the guide's own store takes, then what ends soonest. */
export function arrangeOffers(templates: readonly Template[], storeId: string | undefined, now: Date): CouponOffer[] {
  const isOurs = ({ storeIds }: Template) =>
    storeIds.length === 0 || (storeId !== undefined && storeIds.includes(storeId))
  return templates
    .map((template) => ({ template, unavailable: whyUnavailable(template, now), ours: isOurs(template) }))
    .sort(
      (a, b) =>
        Number(a.unavailable !== undefined) - Number(b.unavailable !== undefined) ||
        Number(b.ours) - Number(a.ours) ||
        a.template.validTo.getTime() - b.template.validTo.getTime() ||
        a.template.couponId.localeCompare(b.template.couponId),
    )
    .slice(0, MOST)
    .map(({ template, unavailable }) => toOffer(template, unavailable))
}

/** What issuing would refuse; the database has the last word then. */
export function whyUnavailable(template: Template, now: Date): CouponOffer['unavailable'] {
  if (now < template.validFrom || now >= template.validTo) return 'coupon_not_valid'
  if ((template.held ?? 0) >= template.perCustomer) return 'coupon_limit_reached'
  if (template.stock !== null && template.issued >= template.stock) return 'coupon_out_of_stock'
  return undefined
}

function toOffer(template: Template, unavailable: CouponOffer['unavailable']): CouponOffer {
  const { couponId, title, kind, value, minimumSpend, perCustomer, redeemAt, storeNames } = template
  return {
    couponId,
    title,
    kind,
    value,
    minimumSpend,
    validFrom: template.validFrom.toISOString(),
    validTo: template.validTo.toISOString(),
    ...(template.stock !== null && { remaining: template.stock - template.issued }),
    perCustomer,
    redeemAt,
    storeNames,
    ...(unavailable && { unavailable }),
  }
}

interface Held {
  couponId: string
  title: string
  kind: HeldCoupon['kind']
  value: number
  minimumSpend: number
  openedAt: Date | null
  claimedAt: Date | null
  redeemedAt: Date | null
  redeemedStoreName: string | null
  issuedAt: Date
  validTo: Date
  issuedByName: string | null
}

export function toHeldCoupon(held: Held, now: Date): HeldCoupon {
  const { couponId, title, kind, value, minimumSpend, issuedAt, validTo, issuedByName } = held
  return {
    couponId,
    title,
    kind,
    value,
    minimumSpend,
    state: stateOf(held, now),
    issuedAt: issuedAt.toISOString(),
    ...(issuedByName && { issuedByName }),
    validTo: validTo.toISOString(),
    ...(held.redeemedAt && { redeemedAt: held.redeemedAt.toISOString() }),
    ...(held.redeemedStoreName && { redeemedStoreName: held.redeemedStoreName }),
  }
}

function stateOf({ redeemedAt, validTo, claimedAt, openedAt }: Held, now: Date): HeldCoupon['state'] {
  if (redeemedAt) return 'redeemed'
  if (validTo <= now) return 'expired'
  if (claimedAt) return 'claimed'
  return openedAt ? 'opened' : 'issued'
}
