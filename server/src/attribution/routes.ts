import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AttributionCorrection, OrderAttribution } from '@zhanggui/shared/attribution.ts'
import { Id } from '@zhanggui/shared/text.ts'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { requireWithinStore } from './authority.ts'
import { correctAttribution } from './correct-attribution.ts'
import { readAttribution } from './order-attribution.ts'

const OrderPath = Type.Object({ orderId: Id })

/** For managers, within their store, and HQ: a dispute settled with the evidence on screen. */
export const attributionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps
  const reading = { params: OrderPath, response: { 200: OrderAttribution } }
  app.get('/api/orders/:orderId/attribution', { schema: reading }, async (request) => {
    const { orderId } = request.params
    const { withinStoreId } = deciderOf(request)
    const attribution = await readAttribution(db, orderId)
    const { sales, service } = attribution.versions.at(-1) ?? {}
    const guideIds = [sales?.guideId ?? null, service?.guideId ?? null]
    if (withinStoreId !== undefined) await requireWithinStore(db, { orderId, guideIds, withinStoreId })
    return attribution
  })

  const correcting = {
    summary: 'A manager, within the store, or HQ credits another guide for an order',
    params: OrderPath,
    body: AttributionCorrection,
    response: { 200: OrderAttribution },
  }
  app.post('/api/orders/:orderId/attribution-corrections', { schema: correcting }, (request) => {
    const { orderId } = request.params
    const { userId, ...within } = deciderOf(request)
    const wish = { orderId, ...request.body, by: userId, actor: userId, ...within }
    return db.transaction().execute(async (tx) => {
      await correctAttribution(tx, wish, deps)
      return readAttribution(tx, orderId)
    })
  })
}

function deciderOf(request: FastifyRequest): { userId: string; withinStoreId?: string } {
  const { userId, role, storeId } = viewerOf(request)
  if (role === 'guide') throw new AppError('forbidden', { detail: 'only a manager or HQ decides who is credited' })
  if (role === 'hq') return { userId }
  if (storeId === undefined) throw new AppError('not_your_store')
  return { userId, withinStoreId: storeId }
}
