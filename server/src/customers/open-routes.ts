import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OpenCustomer } from '@zhanggui/shared/customer.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { getOpenCustomer } from './open-customer.ts'

export const customerOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  const schema = {
    summary: 'A customer with member card, owner, tags, relations and totals',
    params: Type.Object({ externalUserId: Id }),
    response: { 200: OpenCustomer },
  }
  app.get('/customers/:externalUserId', { schema }, ({ params }) => getOpenCustomer(db, params.externalUserId))
}
