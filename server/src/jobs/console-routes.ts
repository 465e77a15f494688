import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { sendPage } from '../pages/layout.ts'
import { requireHq } from '../sign-in/viewer.ts'
import { failedJobsPage } from './failed-jobs-page.ts'
import { listOpenFailures } from './open-failures.repository.ts'
import { replayFailedJob } from './replay.ts'

const PAGE = 50
const Id = Type.String({ pattern: '^\\d{1,15}$' })

export const failedJobConsoleRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db, clock }) => {
  app.get(
    '/failed-jobs',
    { schema: { querystring: Type.Object({ cursor: Type.Optional(Id) }) } },
    async (request, reply) => {
      const viewer = requireHq(request)
      const { cursor } = request.query
      const page = await listOpenFailures(db, {
        before: cursor === undefined ? undefined : Number(cursor),
        limit: PAGE,
      })
      return sendPage(reply, 200, failedJobsPage(viewer, page))
    },
  )

  app.post(
    '/failed-jobs/:failedJobId/replay',
    { schema: { params: Type.Object({ failedJobId: Id }) } },
    async (request, reply) => {
      const viewer = requireHq(request)
      try {
        await replayFailedJob(db, Number(request.params.failedJobId), clock.now())
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'failed_job_unknown') throw error
        const page = await listOpenFailures(db, { limit: PAGE })
        return sendPage(reply, 404, failedJobsPage(viewer, page, '这个任务已经有人再试过了。'))
      }
      return reply.redirect('/console/failed-jobs', 303)
    },
  )
}
