import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { sendPage } from '../pages/layout.ts'
import { LinkToken } from '../pages/link-token.ts'
import { findCouponOfLink, setCouponClaimed, setCouponOpened } from './coupon-page.repository.ts'
import { couponPage, type PageState, unknownCouponPage, withdrawnCouponPage } from './coupon-page.ts'

const Link = Type.Object({ token: LinkToken })
const config = { rateLimit: { max: 120, timeWindow: '1 minute' } }

/** The customer's coupon: seeing it opens it, a press keeps it. */
export const couponPageRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.get('/c/:token', { exposeHeadRoute: false, schema: { params: Link }, config }, async (request, reply) => {
    const { token } = request.params
    // Opened first, then read: what is shown is then certainly not taken back.
    await setCouponOpened(db, token, clock.now())
    const coupon = await findCouponOfLink(db, token)
    if (!coupon) return sendPage(reply, 404, unknownCouponPage())
    const { guideName, storeName, withdrawnAt, ...terms } = coupon
    const host = { ...(guideName && { name: guideName }), ...(storeName && { storeName }) }
    if (withdrawnAt) return sendPage(reply, 410, withdrawnCouponPage(host))
    return sendPage(reply, 200, await couponPage({ ...terms, token, host, state: stateOf(terms, clock.now()) }))
  })

  app.post('/c/:token', { schema: { params: Link }, config }, async ({ params: { token } }, reply) => {
    await setCouponClaimed(db, token, clock.now())
    return reply.redirect(`/c/${token}`, 303)
  })
}

function stateOf(coupon: { redeemedAt: Date | null; validFrom: Date; validTo: Date }, now: Date): PageState {
  if (coupon.redeemedAt) return 'redeemed'
  if (coupon.validTo <= now) return 'expired'
  return coupon.validFrom > now ? 'not_yet' : 'usable'
}
