import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SyncRunPage } from '@zhanggui/shared/sync.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { listRunReports } from './reports.repository.ts'

export const syncOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  const schema = {
    summary: 'Readings of the whole corp from WeCom, newest first: calls, rows, drift and errors of each',
    querystring: Type.Object({
      cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    }),
    response: { 200: SyncRunPage },
  }
  app.get('/sync-runs', { schema }, ({ query: { cursor, limit } }) =>
    listRunReports(db, { before: cursor === undefined ? undefined : Number(cursor), limit, now: clock.now() }),
  )
}
