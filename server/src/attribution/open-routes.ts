import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OpenAttributionCorrection, OrderAttribution } from '@zhanggui/shared/attribution.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { correctAttribution } from './correct-attribution.ts'
import { readAttribution } from './order-attribution.ts'

const OrderPath = Type.Object({ orderId: Id })

export const attributionOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const reading = {
    summary: 'Who is credited for an order, and how that came about',
    params: OrderPath,
    response: { 200: OrderAttribution },
  }
  app.get('/orders/:orderId/attribution', { schema: reading }, ({ params }) => readAttribution(deps.db, params.orderId))

  const correcting = {
    summary: 'Credits another guide for an order, or nobody; both sides stay on record',
    headers: IdempotencyHeaders,
    params: OrderPath,
    body: OpenAttributionCorrection,
    response: { 200: OrderAttribution },
  }
  app.post('/orders/:orderId/attribution-corrections', { schema: correcting }, (request) =>
    answerOnce(deps, request, async (tx) => {
      const { orderId } = request.params
      await correctAttribution(tx, { orderId, ...request.body, actor: actorOf(request) }, deps)
      return readAttribution(tx, orderId)
    }),
  )
}
