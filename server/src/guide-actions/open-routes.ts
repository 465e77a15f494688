import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ProcessReport } from '@zhanggui/shared/guide-action.ts'
import type { Deps } from '../deps.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { reportProcess } from './process-report.repository.ts'

export const guideActionOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  const schema = {
    summary: 'What guides did with the sidebar: the process figures',
    querystring: Period,
    response: { 200: ProcessReport },
  }
  app.get('/reports/process', { schema }, ({ query }) => reportProcess(db, readPeriod(query)))
}
