import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HandoverAccepted, HandoverStatus, HandoverWish } from '@zhanggui/shared/handover.ts'
import { OpenRuling, Ownership, Ruled } from '@zhanggui/shared/ownership.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { askHandover } from './ask-handover.ts'
import { readHandover } from './handover-status.ts'
import { readOwnership } from './ownership.ts'
import { ruleOwner } from './rule-owner.ts'

export const ownershipOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps

  const history = {
    summary: 'Whose a customer is: the first friend, and every move with who, when and why',
    params: Type.Object({ externalUserId: Id }),
    response: { 200: Ownership },
  }
  app.get('/customers/:externalUserId/ownership', { schema: history }, ({ params }) =>
    readOwnership(db, params.externalUserId),
  )

  const ruling = {
    summary: 'Decides whose a customer is',
    headers: IdempotencyHeaders,
    body: OpenRuling,
    response: { 200: Ruled },
  }
  app.post('/rulings', { schema: ruling }, (request) =>
    answerOnce(deps, request, (tx) => ruleOwner(tx, { ...request.body, actor: actorOf(request), at: clock.now() })),
  )

  const asking = {
    summary: 'Hands customers over to another guide through WeCom, who takes a day or refuses',
    headers: IdempotencyHeaders,
    body: HandoverWish,
    response: { 200: HandoverAccepted },
  }
  app.post('/handovers', { schema: asking }, (request) =>
    answerOnce(deps, request, (tx) => askHandover(tx, { ...request.body, askedBy: actorOf(request), at: clock.now() })),
  )

  const status = {
    summary: 'How a handover stands',
    params: Type.Object({ handoverId: Id }),
    querystring: Type.Object({
      cursor: Type.Optional(Id),
      limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    response: { 200: HandoverStatus },
  }
  app.get('/handovers/:handoverId', { schema: status }, ({ params, query }) =>
    readHandover(db, params.handoverId, { after: query.cursor, limit: query.limit }),
  )
}
