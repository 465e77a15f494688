import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  IdentityConflictPage,
  IdentityDecided,
  IdentityRuling,
  IdentityUndo,
  UnmatchedPage,
} from '@zhanggui/shared/identity.ts'
import { OneOf } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { listConflicts } from './conflicts.ts'
import { decideConflict, undoConflict } from './decide.ts'
import { listUnmatched } from './unmatched.repository.ts'

const Cursor = Type.Optional(Type.String({ maxLength: 1024 }))
const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 50 })
const ConflictPath = Type.Object({ id: Type.String({ minLength: 1, maxLength: 300 }) })

export const identityOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps

  const unmatched = {
    summary: 'Orders and refunds no customer could be matched to, newest first',
    querystring: Type.Object({ cursor: Cursor, limit: Limit }),
    response: { 200: UnmatchedPage },
  }
  app.get('/unmatched', { schema: unmatched }, ({ query: { cursor, limit } }) => listUnmatched(db, { cursor, limit }))

  const conflicts = {
    summary: 'Where ids disagree about who somebody is, with the evidence of every side',
    querystring: Type.Object({
      state: Type.Union([OneOf('open', 'decided')], { default: 'open' }),
      cursor: Cursor,
      limit: Limit,
    }),
    response: { 200: IdentityConflictPage },
  }
  app.get('/identity-conflicts', { schema: conflicts }, ({ query: { state, cursor, limit } }) =>
    listConflicts(deps, { decided: state === 'decided', cursor, limit }),
  )

  const deciding = {
    summary: 'Decides a conflict for one of its sides; it can be undone',
    headers: IdempotencyHeaders,
    params: ConflictPath,
    body: IdentityRuling,
    response: { 200: IdentityDecided },
  }
  app.post('/identity-conflicts/:id/decide', { schema: deciding }, (request) =>
    answerOnce(deps, request, (tx) =>
      decideConflict(tx, { ...request.params, ...request.body, actor: actorOf(request), at: clock.now() }),
    ),
  )

  const undoing = {
    summary: 'Undoes the decision of a conflict: everything is separate again, as before it',
    headers: IdempotencyHeaders,
    params: ConflictPath,
    body: IdentityUndo,
    response: { 200: IdentityDecided },
  }
  app.post('/identity-conflicts/:id/undo', { schema: undoing }, (request) =>
    answerOnce(deps, request, (tx) =>
      undoConflict(tx, { ...request.params, ...request.body, actor: actorOf(request), at: clock.now() }),
    ),
  )
}
