import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ShareOutcome, ShareRequest, ShareView } from '@zhanggui/shared/share.ts'
import Type from 'typebox'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { sendShare } from './send.ts'
import { recordOutcome, withdrawShare } from './settle.ts'

const SharePath = Type.Object({ shareId: Type.String({ format: 'uuid' }) })

/** What the sidebar puts into a chat, and what became of it. */
export const shareRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.post('/api/shares', { schema: { body: ShareRequest, response: { 200: ShareView } } }, async (request) => {
    const viewer = viewerOf(request)
    await requireVisibleCustomer(deps.db, viewer, request.body.externalUserId)
    return sendShare(deps, viewer, request.body)
  })

  app.post(
    '/api/shares/:shareId/outcome',
    { schema: { params: SharePath, body: ShareOutcome, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { shareId } = request.params
      const { outcome, detail } = request.body
      await recordOutcome(deps, viewerOf(request), shareId, outcome)
      if (outcome !== 'handed_over' && outcome !== 'cancelled')
        request.log.warn({ shareId, outcome, detail }, 'a share did not reach the chat')
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/shares/:shareId/withdraw',
    { schema: { params: SharePath, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await withdrawShare(deps, viewerOf(request), request.params.shareId)
      return reply.code(204).send(null)
    },
  )
}
