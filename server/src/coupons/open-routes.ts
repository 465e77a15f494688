import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../deps.ts'
import { putRecords } from '../open-api/put-records.ts'
import { couponKind } from './coupon-kind.ts'
import { couponLifeOpenRoutes } from './life-open-routes.ts'
import { couponReportOpenRoutes } from './report-open-routes.ts'

export const couponOpenRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  await app.register(couponLifeOpenRoutes, deps)
  await app.register(couponReportOpenRoutes, deps)
  putRecords(app, deps, couponKind(deps))
}
