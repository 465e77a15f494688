import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SalesReport } from '@zhanggui/shared/report.ts'
import type { Deps } from '../deps.ts'
import { type Viewer, viewerOf } from '../sign-in/viewer.ts'
import type { Scope } from './sales.repository.ts'
import { readSalesQuery, SalesQuery } from './sales-query.ts'
import { reportSales } from './sales-report.ts'

/** The same figures for who has signed in: of the own sales, the own store, or of all. */
export const reportRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    '/api/reports/sales',
    { schema: { querystring: SalesQuery, response: { 200: SalesReport } } },
    async (request) => reportSales(deps, await readSalesQuery(deps.db, request.query, scopeOf(viewerOf(request)))),
  )
}

/** A manager nobody has given a store sees what any guide sees. */
function scopeOf({ role, userId, storeId }: Viewer): Scope {
  if (role === 'hq') return {}
  return role === 'manager' && storeId !== undefined ? { storeId } : { guideId: userId }
}
