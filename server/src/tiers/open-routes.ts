import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Id } from '@zhanggui/shared/text.ts'
import { TierMoves } from '@zhanggui/shared/tier.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { benefitKind } from './benefit-kind.ts'
import { listMoves } from './standings.repository.ts'
import { tierKind } from './tier-kind.ts'

export const tierOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  putRecords(app, deps, tierKind(deps))
  putRecords(app, deps, benefitKind(deps))
  const schema = {
    summary: 'Every tier a customer came to, with the numbers that made it, newest first',
    params: Type.Object({ externalUserId: Id }),
    response: { 200: TierMoves },
  }
  app.get('/customers/:externalUserId/tier-moves', { schema }, async ({ params }) => {
    const moves = await listMoves(deps.db, params.externalUserId)
    return { moves: moves.map(toMove) }
  })
}

function toMove(move: Awaited<ReturnType<typeof listMoves>>[number]): TierMoves['moves'][number] {
  const { at, fromTier, toTier, cause, basis, brand, storeIds, spend, threshold } = move
  return {
    at: at.toISOString(),
    ...(fromTier !== null && { from: fromTier }),
    ...(toTier !== null && { to: toTier }),
    cause,
    ...(basis !== null && { basis }),
    ...(brand !== null && { brand }),
    ...(storeIds !== null && { storeIds }),
    ...(spend !== null && { spend }),
    ...(threshold !== null && { threshold }),
  }
}
