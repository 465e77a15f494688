import type { ShareOutcome } from '@zhanggui/shared/share.ts'
import { lockTemplate } from '../coupons/issue.repository.ts'
import { takeBackCoupon } from '../coupons/issue.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { keepActions } from '../guide-actions/guide-actions.repository.ts'
import { markInvited } from '../membership/invitations.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import {
  findShare,
  isCodeSharedElsewhere,
  type Share,
  setShareOutcome,
  setShareWithdrawn,
} from './shares.repository.ts'

/** What became of a share in the guide's client. */
export async function recordOutcome(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  viewer: Viewer,
  shareId: string,
  outcome: ShareOutcome['outcome'],
): Promise<void> {
  const share = await getOwnShare(db, viewer, shareId)
  const at = clock.now()
  await db.transaction().execute(async (trx) => {
    const isNews = await setShareOutcome(trx, shareId, outcome, at)
    if (!isNews || outcome !== 'handed_over') return
    const { kind, guideUserId, externalUserId } = share
    await keepActions(trx, [{ actionId: shareId, action: `${kind}_share`, guideUserId, externalUserId, at }])
    if (kind === 'invitation') await markInvited(trx, Number(share.ref), at)
  })
}

/** Takes a coupon back before the customer has opened it. Doing so twice is doing so once. */
export async function withdrawShare(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  viewer: Viewer,
  shareId: string,
): Promise<void> {
  const share = await getOwnShare(db, viewer, shareId)
  if (share.kind !== 'coupon') throw new AppError('bad_request', { detail: 'only a coupon can be withdrawn' })
  await db.transaction().execute(async (trx) => {
    if (share.couponId) await lockTemplate(trx, share.couponId)
    // The code may have gone out again with a later share, which is then its owner.
    if (!(await isCodeSharedElsewhere(trx, share)))
      await takeBackCoupon(trx, share.ref, { at: clock.now(), guideUserId: viewer.userId })
    await setShareWithdrawn(trx, shareId, clock.now())
  })
}

/** Somebody else's share and an unknown one are refused alike. */
async function getOwnShare(db: Db, viewer: Viewer, shareId: string): Promise<Share> {
  const share = await findShare(db, shareId)
  if (share?.guideUserId.toLowerCase() !== viewer.userId.toLowerCase()) throw new AppError('share_unknown')
  return share
}
