import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { attributionRoutes } from './attribution/routes.ts'
import { channelRoutes } from './channels/routes.ts'
import { earningsRoutes } from './commission/routes.ts'
import { couponRoutes } from './coupons/routes.ts'
import { remarkRoutes } from './customers/remark-routes.ts'
import { customerRoutes } from './customers/routes.ts'
import type { Deps } from './deps.ts'
import { diagnosisRoutes } from './diagnosis/routes.ts'
import { doctorRoutes } from './doctor/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { guideActionRoutes } from './guide-actions/routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { ownershipRoutes } from './ownership/routes.ts'
import { personalDataRoutes } from './personal-data/routes.ts'
import { productRoutes } from './products/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { shareRoutes } from './shares/routes.ts'
import { requireSession } from './sign-in/require-session.ts'
import { sessionRoutes } from './sign-in/session.routes.ts'
import { tagRoutes } from './tags/routes.ts'

/** What the pages use: nothing of it without a session. */
export const apiRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  await app.register(requireSession, deps)
  await app.register(sessionRoutes, deps)
  await app.register(customerRoutes, deps)
  await app.register(remarkRoutes, deps)
  await app.register(tagRoutes, deps)
  await app.register(groupRoutes, deps)
  await app.register(orderRoutes, deps)
  await app.register(identityRoutes, deps)
  await app.register(couponRoutes, deps)
  await app.register(productRoutes, deps)
  await app.register(shareRoutes, deps)
  await app.register(ownershipRoutes, deps)
  await app.register(doctorRoutes, deps)
  await app.register(personalDataRoutes, deps)
  await app.register(channelRoutes, deps)
  await app.register(attributionRoutes, deps)
  await app.register(earningsRoutes, deps)
  await app.register(guideActionRoutes, deps)
  await app.register(diagnosisRoutes, deps)
  await app.register(reportRoutes, deps)
}
