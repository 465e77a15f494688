import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CounterRedeemed, CounterRedemption, CounterUndo, UndoneRedemption } from '@zhanggui/shared/redemption.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { readCouponCode } from './code.ts'
import { redeemCoupon } from './redeem.ts'
import { toCounterRedeemed } from './redeemed.ts'
import { undoRedemption } from './undo.ts'

/** Many tries are honest at a busy counter, whose phones share an address; a code is still not to be guessed. */
const config = { rateLimit: { max: 120, timeWindow: '1 minute' } }

/** At the counter: a guide redeems in the own store, a manager undoes. */
export const redemptionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  const redeeming = {
    summary: 'Redeems a code in the store of whoever is signed in',
    body: CounterRedemption,
    response: { 200: CounterRedeemed },
  }
  app.post('/api/coupons/redeem', { schema: redeeming, config }, async (request) => {
    const { userId: guideId, storeId } = viewerOf(request)
    const { requestId } = request.body
    const code = readCode(request.body.code)
    if (storeId === undefined) throw new AppError('guide_without_store')
    const redemption = { code, storeId, guideId, orderId: null, amount: null, source: 'sidebar', requestId }
    return toCounterRedeemed(
      await db.transaction().execute((tx) => redeemCoupon(tx, { ...redemption, at: clock.now() })),
    )
  })

  const undoing = {
    summary: 'A manager, within the store, or HQ makes a code usable again on the day it was redeemed',
    body: CounterUndo,
    response: { 200: UndoneRedemption },
  }
  app.post('/api/coupons/undo-redemption', { schema: undoing, config }, async (request) => {
    const by = viewerOf(request)
    const { code, reason } = request.body
    const undo = { code: readCode(code), reason, by, actor: by.userId, source: 'sidebar', at: clock.now() }
    return db.transaction().execute((tx) => undoRedemption(tx, undo))
  })
}

function readCode(typed: string): string {
  const code = readCouponCode(typed)
  if (code === undefined) throw new AppError('coupon_code_mistyped')
  return code
}
