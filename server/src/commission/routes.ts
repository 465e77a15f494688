import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Credit } from '@zhanggui/shared/attribution.ts'
import { EarnedOrderPage, Earnings, MonthText } from '@zhanggui/shared/commission.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { pageOfEarnedOrders, readEarnings } from './earnings.ts'

/** The sidebar's 收益: a guide sees their own and nobody else's. */
export const earningsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const sums = { querystring: Type.Object({ month: Type.Optional(MonthText) }), response: { 200: Earnings } }
  app.get('/api/earnings', { schema: sums }, (request) => readEarnings(deps, viewerOf(request).userId, request.query))

  const list = {
    querystring: Type.Object({
      credit: Credit,
      month: Type.Optional(MonthText),
      cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
    }),
    response: { 200: EarnedOrderPage },
  }
  app.get('/api/earnings/orders', { schema: list }, (request) =>
    pageOfEarnedOrders(deps, viewerOf(request).userId, request.query),
  )
}
