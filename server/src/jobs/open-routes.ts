import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { FailedJobPage } from '@zhanggui/shared/failed-job.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { listOpenFailures } from './open-failures.repository.ts'
import { replayFailedJob } from './replay.ts'

export const failedJobOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  const schema = {
    summary: 'Jobs that finally failed and wait for somebody to look at them, newest first',
    querystring: Type.Object({
      cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    }),
    response: { 200: FailedJobPage },
  }
  app.get('/failed-jobs', { schema }, ({ query: { cursor, limit } }) =>
    listOpenFailures(db, { before: cursor === undefined ? undefined : Number(cursor), limit }),
  )

  const replaySchema = {
    summary: 'Runs a failed job once more; 404 when there is none, or it was replayed before',
    params: Type.Object({ failedJobId: Type.String({ pattern: '^\\d{1,15}$' }) }),
    response: { 204: Type.Null() },
  }
  app.post('/failed-jobs/:failedJobId/replay', { schema: replaySchema }, async ({ params }, reply) => {
    await replayFailedJob(db, Number(params.failedJobId), clock.now())
    return reply.code(204).send(null)
  })
}
