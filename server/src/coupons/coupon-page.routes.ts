import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { sendPage } from '../pages/layout.ts'
import { LinkToken } from '../pages/link-token.ts'
import { findCouponOfLink, setCouponOpened } from './coupon-page.repository.ts'
import { couponPage, unknownCouponPage, withdrawnCouponPage } from './coupon-page.ts'

const Link = Type.Object({ token: LinkToken })

/** The customer's coupon. */
export const couponPageRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.get(
    '/c/:token',
    { exposeHeadRoute: false, schema: { params: Link }, config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
    async ({ params: { token } }, reply) => {
      // Opened first, then read: what is shown is then certainly not taken back.
      await setCouponOpened(db, token, clock.now())
      const coupon = await findCouponOfLink(db, token)
      if (!coupon) return sendPage(reply, 404, unknownCouponPage())
      const { guideName, storeName, withdrawnAt, ...terms } = coupon
      const host = { ...(guideName && { name: guideName }), ...(storeName && { storeName }) }
      if (withdrawnAt) return sendPage(reply, 410, withdrawnCouponPage(host))
      const now = clock.now()
      const state = terms.validTo <= now ? 'expired' : terms.validFrom > now ? 'not_yet' : 'usable'
      return sendPage(reply, 200, await couponPage({ ...terms, host, state }))
    },
  )
}
