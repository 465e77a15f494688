import type { CounterRedeemed, RedeemedCoupon } from '@zhanggui/shared/redemption.ts'
import type { RedemptionRow } from './redeem.repository.ts'

/** As a till reads it. */
export function toRedeemed(row: RedemptionRow): RedeemedCoupon {
  const { couponId, externalUserId, storeId, guideId, orderId } = row
  return {
    ...toCounterRedeemed(row),
    couponId,
    externalUserId,
    ...(storeId !== null && { storeId }),
    ...(guideId !== null && { guideId }),
    ...(orderId !== null && { orderId }),
  }
}

/** As a guide at the counter reads it: nothing of whose coupon it was. */
export function toCounterRedeemed(row: RedemptionRow): CounterRedeemed {
  const { code, redeemedAt, title, kind, value, minimumSpend, storeName, guideName } = row
  return {
    code,
    redeemedAt: redeemedAt.toISOString(),
    title,
    kind,
    value,
    minimumSpend,
    ...(storeName !== null && { storeName }),
    ...(guideName !== null && { guideName }),
  }
}
