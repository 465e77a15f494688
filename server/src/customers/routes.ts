import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CustomerCard } from '@zhanggui/shared/customer.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { readCustomerCard } from './card.ts'
import { CustomerPath } from './customer-path.ts'
import { createSecondLook } from './second-look.ts'
import { requireVisibleCustomer } from './visibility.ts'

/** The sidebar's 客户. */
export const customerRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const lookAgain = createSecondLook(deps)
  app.get(
    '/api/customers/:externalUserId',
    { schema: { params: CustomerPath, response: { 200: CustomerCard } } },
    async (request) => {
      const viewer = viewerOf(request)
      const { externalUserId } = request.params
      await lookAgain(viewer.userId, externalUserId)
      await requireVisibleCustomer(deps.db, viewer, externalUserId)
      return readCustomerCard(deps, viewer, externalUserId)
    },
  )
}
