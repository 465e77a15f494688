import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CouponBoard } from '@zhanggui/shared/coupon.ts'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { listHeldCoupons } from './held.repository.ts'
import { listOpenTemplates } from './offers.repository.ts'
import { arrangeOffers, toHeldCoupon } from './offers.ts'
import { redemptionRoutes } from './redemption-routes.ts'

const HELD = 50

/** The sidebar's 优惠券: what can be sent to this customer, and what they hold. */
export const couponRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps
  await app.register(redemptionRoutes, deps)
  app.get(
    '/api/customers/:externalUserId/coupons',
    { schema: { params: CustomerPath, response: { 200: CouponBoard } } },
    async (request) => {
      const viewer = viewerOf(request)
      const { externalUserId } = request.params
      await requireVisibleCustomer(db, viewer, externalUserId)
      const now = clock.now()
      const [templates, held] = await Promise.all([
        listOpenTemplates(db, externalUserId, now),
        listHeldCoupons(db, externalUserId, now, HELD),
      ])
      return {
        offers: arrangeOffers(templates, viewer.storeId, now),
        held: held.map((coupon) => toHeldCoupon(coupon, now)),
      }
    },
  )
}
