import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Database } from '../db/schema.ts'
import { AppError } from '../errors.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { shanghaiDay } from '../wording/days.ts'
import { lockCoupon, setUndone } from './undo.repository.ts'

interface Undo {
  code: string
  reason: string
  /** Who decides: a manager within the store, or HQ. */
  by: Viewer
  /** Who told us, for the audit. */
  actor: string
  source: string
  at: Date
}

/** Makes a redeemed code usable again, on the day it was redeemed. */
export async function undoRedemption(
  tx: Transaction<Database>,
  undo: Undo,
): Promise<{ code: string; undoneAt: string }> {
  const { code, reason, by, actor, source, at } = undo
  if (by.role === 'guide') throw new AppError('forbidden', { detail: 'only a manager or HQ undoes a redemption' })
  const coupon = await lockCoupon(tx, code)
  if (!coupon) throw new AppError('coupon_unknown')
  const { redeemedAt, redeemedStoreId, couponId, externalUserId } = coupon
  if (!redeemedAt) throw new AppError('coupon_not_redeemed')
  if (by.role === 'manager' && (by.storeId === undefined || by.storeId !== redeemedStoreId))
    throw new AppError('not_your_store')
  if (shanghaiDay(redeemedAt) !== shanghaiDay(at)) throw new AppError('undo_too_late')
  await setUndone(tx, code, { at, guideUserId: by.userId, source, reason })
  await recordAudit(tx, {
    actor,
    action: 'coupon.undone',
    subject: externalUserId,
    reason,
    detail: { couponId, by: by.userId, redeemedAt: redeemedAt.toISOString(), storeId: redeemedStoreId },
    at,
  })
  return { code, undoneAt: at.toISOString() }
}
