import { randomUUID } from 'node:crypto'
import type { ShareRequest, ShareView } from '@zhanggui/shared/share.ts'
import type { Transaction } from 'kysely'
import { makeLinkToken } from '../coupons/code.ts'
import { issueCoupon } from '../coupons/issue.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { isMember, prepareInvitation } from '../membership/invitations.ts'
import { findProduct } from '../products/catalogue.repository.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { findShareOfRequest, insertShare, type Share, setShareContent } from './shares.repository.ts'
import { viewShare } from './view-share.ts'

/**
 * Records a share and gives the message for it. The request's own row comes first: a second tap waits on it in the
 * database, then gets the first one's share. A refusal leaves nothing behind, so the same request may try again.
 */
export async function sendShare(deps: Deps, viewer: Viewer, request: ShareRequest): Promise<ShareView> {
  const { db, clock } = deps
  const { requestId, externalUserId, kind } = request
  if (kind !== 'invitation' && request.refId === undefined)
    throw new AppError('validation_failed', { detail: 'refId is missing' })
  const { userId: guideUserId } = viewer

  await db.transaction().execute(async (trx) => {
    const share = { shareId: randomUUID(), token: makeLinkToken(), guideUserId, requestId, externalUserId, kind }
    const isNew = await insertShare(trx, { ...share, ref: '', title: '', createdAt: clock.now() })
    if (isNew) await setShareContent(trx, share.shareId, await makeContent({ ...deps, db: trx }, viewer, request))
  })

  const share = await findShareOfRequest(db, guideUserId, requestId)
  if (!share) throw new AppError('share_unknown')
  if (!isSameRequest(share, request)) throw new AppError('request_id_reused')
  return viewShare(deps, viewer, share)
}

type InTransaction = Omit<Deps, 'db'> & { db: Transaction<Database> }

async function makeContent(
  deps: InTransaction,
  { userId: guideUserId }: Viewer,
  { kind, externalUserId, refId = '' }: ShareRequest,
): Promise<{ ref: string; title: string }> {
  const { db, clock, config } = deps
  switch (kind) {
    case 'coupon': {
      const issue = { couponId: refId, externalUserId, issuedBy: guideUserId, source: 'sidebar', now: clock.now() }
      const { code, title } = await issueCoupon(db, issue)
      return { ref: code, title }
    }
    case 'product': {
      const product = await findProduct(db, refId)
      if (!product) throw new AppError('product_unknown')
      if (!product.onSale) throw new AppError('product_off_sale')
      return { ref: product.productId, title: product.name }
    }
    case 'invitation': {
      if (await isMember(db, { externalUserId })) throw new AppError('already_member')
      const { invitationId } = await prepareInvitation(deps, { guideUserId, externalUserId })
      return { ref: String(invitationId), title: config.inviteTitle }
    }
  }
}

function isSameRequest(share: Share, { kind, externalUserId, refId }: ShareRequest): boolean {
  if (share.kind !== kind || share.externalUserId !== externalUserId) return false
  if (kind === 'invitation') return true
  return refId === (kind === 'coupon' ? share.couponId : share.ref)
}
