import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OpenOrderPage } from '@zhanggui/shared/order.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import { getOpenCustomer } from '../customers/open-customer.ts'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { listOpenOrders } from './open-orders.repository.ts'
import { orderKind } from './order-kind.ts'

export const orderOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps
  putRecords(app, deps, orderKind(deps))

  const list = {
    summary: 'The orders of a customer, newest first',
    params: Type.Object({ externalUserId: Id }),
    querystring: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 1024 })),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    }),
    response: { 200: OpenOrderPage },
  }
  app.get('/customers/:externalUserId/orders', { schema: list }, async ({ params, query }) => {
    const page = await listOpenOrders(db, params.externalUserId, { before: query.cursor, limit: query.limit })
    if (page.orders.length === 0) await getOpenCustomer(db, params.externalUserId)
    return page
  })
}
