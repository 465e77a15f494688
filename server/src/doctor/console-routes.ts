import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { sendPage } from '../pages/layout.ts'
import { requireHq } from '../sign-in/viewer.ts'
import { doctorPage } from './doctor-page.ts'
import { latestRun } from './doctor-runs.repository.ts'
import { startDoctor } from './run-doctor.ts'

const TOO_OFTEN = '这一小时查得太多了,企业微信给的次数有限。歇一会儿再查。'

/** The examination as a page: begun by a form, shown as it goes. */
export const doctorConsoleRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps
  const under = new Set<Promise<void>>()
  app.addHook('onClose', async () => {
    await Promise.all(under)
  })

  app.get('/doctor', async (request, reply) =>
    sendPage(reply, 200, doctorPage(requireHq(request), await latestRun(db, clock.now()))),
  )

  app.post('/doctor', async (request, reply) => {
    const viewer = requireHq(request)
    try {
      const { done } = await startDoctor(deps, viewer.userId)
      under.add(done)
      void done.finally(() => under.delete(done))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'too_many_requests') throw error
      return sendPage(reply, 429, doctorPage(viewer, await latestRun(db, clock.now()), TOO_OFTEN))
    }
    return reply.redirect('/console/doctor', 303)
  })
}
