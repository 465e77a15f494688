import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LatestDoctorReport } from '@zhanggui/shared/doctor.ts'
import type { Deps } from '../deps.ts'
import { requireHq } from '../sign-in/viewer.ts'
import { latestRun } from './doctor-runs.repository.ts'
import { startDoctor } from './run-doctor.ts'

export const doctorRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps
  const response = { 200: LatestDoctorReport }

  app.get(
    '/api/doctor',
    { schema: { summary: 'The latest examination of this system; for HQ', response } },
    async (request) => {
      requireHq(request)
      return { report: await latestRun(db, clock.now()) }
    },
  )

  app.post(
    '/api/doctor',
    { schema: { summary: 'Examines this system and answers when it is done; for HQ', response } },
    async (request) => {
      const { done } = await startDoctor(deps, requireHq(request).userId)
      await done
      return { report: await latestRun(db, clock.now()) }
    },
  )
}
