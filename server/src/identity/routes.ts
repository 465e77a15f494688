import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { BindOrder, BoundOrder, UnbindOrder } from '@zhanggui/shared/identity.ts'
import { CustomerPath } from '../customers/customer-path.ts'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { bindOrder, unbindOrder } from './bind-order.ts'

/** 归单: an order that means nobody is the customer's in front of the guide. */
export const identityRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  const binding = { params: CustomerPath, body: BindOrder, response: { 200: BoundOrder } }
  app.post('/api/customers/:externalUserId/orders', { schema: binding }, async (request) => {
    const viewer = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(db, viewer, externalUserId)
    return db.transaction().execute((tx) => bindOrder(tx, { externalUserId, ...request.body, viewer, at: clock.now() }))
  })

  const undoing = { params: CustomerPath, body: UnbindOrder, response: { 200: BoundOrder } }
  app.post('/api/customers/:externalUserId/orders/undo', { schema: undoing }, async (request) => {
    const viewer = viewerOf(request)
    const { externalUserId } = request.params
    await requireVisibleCustomer(db, viewer, externalUserId)
    return db
      .transaction()
      .execute((tx) => unbindOrder(tx, { externalUserId, ...request.body, viewer, at: clock.now() }))
  })
}
