import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { GroupCard, GroupMemberPage, Standing } from '@zhanggui/shared/group.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { readGroupCard } from './card.ts'
import { readMemberPage } from './member-page.ts'
import { createSecondLook } from './second-look.ts'
import { requireVisibleGroup } from './visibility.ts'

/** As the database can keep it: no NUL. */
const GroupPath = Type.Object({ chatId: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' }) })
const Page = Type.Object({ standing: Standing, cursor: Type.Optional(Type.String({ maxLength: 500 })) })

/** The sidebar's 群. */
export const groupRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps
  const lookAgain = createSecondLook(deps)

  app.get('/api/groups/:chatId', { schema: { params: GroupPath, response: { 200: GroupCard } } }, async (request) => {
    const viewer = viewerOf(request)
    const { chatId } = request.params
    await lookAgain(chatId)
    await requireVisibleGroup(db, viewer, chatId)
    return readGroupCard(deps, viewer, chatId)
  })

  app.get(
    '/api/groups/:chatId/members',
    { schema: { params: GroupPath, querystring: Page, response: { 200: GroupMemberPage } } },
    async (request) => {
      const viewer = viewerOf(request)
      const { chatId } = request.params
      await lookAgain(chatId)
      await requireVisibleGroup(db, viewer, chatId)
      return readMemberPage(db, viewer, { chatId, ...request.query })
    },
  )
}
