import type { Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import {
  findRedemption,
  findRefusal,
  lockOrderForCoupons,
  type Redemption,
  type RedemptionRow,
  setRedeemed,
} from './redeem.repository.ts'

/** Redeems a code once, whoever else tries; a request of a page that is told again gets the same answer. */
export async function redeemCoupon(tx: Transaction<Database>, redemption: Redemption): Promise<RedemptionRow> {
  const { code, orderId, requestId } = redemption
  if (orderId !== null) await lockOrderForCoupons(tx, orderId)
  const done = await setRedeemed(tx, redemption)
  const own = done || requestId !== null ? await findRedemption(tx, done ? { code } : { code, requestId }) : undefined
  if (own) return own
  throw await explainRefusal(tx, redemption)
}

async function explainRefusal(tx: Transaction<Database>, redemption: Redemption): Promise<AppError> {
  const found = await findRefusal(tx, redemption)
  if (!found) return new AppError('coupon_unknown')
  // The request was for another code, or the redemption was undone between the two statements: then another try will do.
  if (!found.refusal) return new AppError(redemption.requestId === null ? 'unavailable' : 'request_id_reused')
  if (found.refusal !== 'coupon_redeemed') return new AppError(found.refusal)
  const last = await findRedemption(tx, { code: redemption.code })
  return last ? redeemedBefore(last) : new AppError('coupon_redeemed')
}

function redeemedBefore({ redeemedAt, storeId, storeName, guideId, guideName }: RedemptionRow): AppError {
  const at = redeemedAt.toISOString()
  const where = storeId === null ? 'in the mall' : `at ${storeId}`
  return new AppError('coupon_redeemed', {
    detail: `redeemed ${at} ${where}${guideId === null ? '' : ` by ${guideId}`}`,
    facts: {
      redeemedAt: at,
      ...(storeId !== null && { storeId }),
      ...(storeName !== null && { storeName }),
      ...(guideId !== null && { guideId }),
      ...(guideName !== null && { guideName }),
    },
  })
}
