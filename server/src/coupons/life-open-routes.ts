import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  IssuedCoupon,
  IssueWish,
  RedeemedCoupon,
  RedeemWish,
  UndoneRedemption,
  UndoWish,
} from '@zhanggui/shared/redemption.ts'
import type { FastifyRequest } from 'fastify'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { findViewer } from '../sign-in/viewer.ts'
import { readCouponCode } from './code.ts'
import { issueByIds } from './issue-by-ids.ts'
import { redeemCoupon } from './redeem.ts'
import { toRedeemed } from './redeemed.ts'
import { takeTurns } from './take-turns.ts'
import { undoRedemption } from './undo.ts'

/** What tills and malls do with single coupons. */
export const couponLifeOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { clock, config } = deps
  const headers = IdempotencyHeaders

  const issuing = {
    summary: 'Issues one coupon to a customer',
    headers,
    body: IssueWish,
    response: { 200: IssuedCoupon },
  }
  const issue = (request: FastifyRequest<{ Body: IssueWish }>) =>
    answerOnce(deps, request, async (tx) => {
      const { couponId, customer, guideId } = request.body
      const wish = { couponId, customer, issuedBy: guideId ?? null, source: actorOf(request), now: clock.now() }
      const { code, token, validTo } = await issueByIds(tx, wish, deps)
      return { code, url: `${config.publicUrl}/c/${token}`, validTo: validTo.toISOString() }
    })
  app.post('/coupons/issue', { schema: issuing }, (request) =>
    takeTurns(`template ${request.body.couponId}`, () => issue(request)),
  )

  const redeeming = {
    summary: 'Redeems a code, once',
    headers,
    body: RedeemWish,
    response: { 200: RedeemedCoupon },
  }
  const redeem = (request: FastifyRequest<{ Body: RedeemWish }>) =>
    answerOnce(deps, request, async (tx) => {
      const { code, storeId, guideId, orderId, amount } = request.body
      const redeemed = await redeemCoupon(tx, {
        code: readCode(code),
        storeId: storeId ?? null,
        guideId: guideId ?? null,
        orderId: orderId ?? null,
        amount: amount ?? null,
        at: clock.now(),
        source: actorOf(request),
        requestId: null,
      })
      return toRedeemed(redeemed)
    })
  app.post('/coupons/redeem', { schema: redeeming }, (request) =>
    takeTurns(`code ${request.body.code}`, () => redeem(request)),
  )

  const undoing = {
    summary: 'Makes a code usable again on the day it was redeemed; a manager or HQ decides',
    headers,
    body: UndoWish,
    response: { 200: UndoneRedemption },
  }
  app.post('/coupons/undo-redemption', { schema: undoing }, (request) =>
    answerOnce(deps, request, async (tx) => {
      const { code, reason, by } = request.body
      const actor = actorOf(request)
      const decides = await findViewer({ ...deps, db: tx }, by)
      return undoRedemption(tx, { code: readCode(code), reason, by: decides, actor, source: actor, at: clock.now() })
    }),
  )
}

function readCode(typed: string): string {
  const code = readCouponCode(typed)
  if (code === undefined) throw new AppError('coupon_unknown', { detail: 'mistyped: a character is wrong or missing' })
  return code
}
