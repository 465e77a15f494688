import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SidebarOpen } from '@zhanggui/shared/guide-action.ts'
import Type from 'typebox'
import { requireVisibleCustomer } from '../customers/visibility.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { requireVisibleGroup } from '../groups/visibility.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { keepOpening } from './guide-actions.repository.ts'

const OpenPath = Type.Object({ openId: Type.String({ format: 'uuid' }) })

/** What the sidebar tells of itself; what is done through the server, the server knows. */
export const guideActionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.put(
    '/api/opens/:openId',
    { schema: { params: OpenPath, body: SidebarOpen, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const { openId } = request.params
      const { externalUserId, chatId, lastedMs } = request.body
      if ((externalUserId === undefined) === (chatId === undefined))
        throw new AppError('validation_failed', { detail: 'one of externalUserId and chatId is needed' })
      if (externalUserId !== undefined) await requireVisibleCustomer(db, viewer, externalUserId)
      if (chatId !== undefined) await requireVisibleGroup(db, viewer, chatId)
      const opening = { openId, guideUserId: viewer.userId, externalUserId, chatId, lastedMs, at: clock.now() }
      if (!(await keepOpening(db, opening)))
        throw new AppError('validation_failed', { detail: 'this id is of another opening' })
      return reply.code(204).send(null)
    },
  )
}
