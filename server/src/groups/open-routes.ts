import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { OpenGroup } from '@zhanggui/shared/group.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { getOpenGroup } from './open-group.ts'

export const groupOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  const schema = {
    summary: 'A customer group with its members; with history=true also who has left, when and how',
    params: Type.Object({ chatId: Id }),
    querystring: Type.Object({ history: Type.Boolean({ default: false }) }),
    response: { 200: OpenGroup },
  }
  app.get('/groups/:chatId', { schema }, ({ params, query }) => getOpenGroup(db, params.chatId, query.history))
}
