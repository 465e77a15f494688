import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AuditPage } from '@zhanggui/shared/personal-data.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { listAudit } from './audit.repository.ts'

export const auditOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  const schema = {
    summary: 'Who looked at or changed what needs a reason, newest first',
    querystring: Type.Object({
      subject: Type.Optional(Id),
      cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    }),
    response: { 200: AuditPage },
  }
  app.get('/audit', { schema }, ({ query: { subject, cursor, limit } }) =>
    listAudit(db, { subject, before: cursor === undefined ? undefined : Number(cursor), limit }),
  )
}
