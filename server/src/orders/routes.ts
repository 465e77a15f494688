import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { PurchasePage } from '@zhanggui/shared/order.ts'
import Type from 'typebox'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { purchaseHabits } from './orders.repository.ts'
import { listPurchases } from './purchases.repository.ts'

const PAGE = 20
const Page = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 500 })) })

/** The sidebar's 消费, newest first; habits come with the first page. */
export const orderRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  app.get(
    '/api/customers/:externalUserId/orders',
    { schema: { params: CustomerPath, querystring: Page, response: { 200: PurchasePage } } },
    async (request) => {
      const { externalUserId } = request.params
      const { cursor } = request.query
      await requireVisibleCustomer(db, viewerOf(request), externalUserId)
      const page = await listPurchases(db, externalUserId, { ...(cursor && { before: cursor }), limit: PAGE })
      if (cursor) return page
      const habits = await purchaseHabits(db, externalUserId)
      return { ...page, ...(habits && { habits }) }
    },
  )
}
