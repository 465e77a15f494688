import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ConnectedBuyersReport,
  FourFactorsReport,
  RepurchaseReport,
  SalesKey,
  SalesReport,
  SellThroughReport,
} from '@zhanggui/shared/report.ts'
import { OneOf } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { reportConnectedBuyers } from './connected-buyers.repository.ts'
import { reportFourFactors, reportRepurchase } from './derived-reports.ts'
import { readSalesQuery, SalesQuery } from './sales-query.ts'
import { reportSales } from './sales-report.ts'
import { reportSellThrough } from './sell-through.repository.ts'
import { takeInWhatIsDue } from './tally-sales.ts'

/** The numbers HQ lives by, of everybody. What each counts, with worked numbers: docs/reports.md. */
export const reportOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps
  const sales = {
    summary: 'Sales of a period by day, channel, store, guide, product or brand; refunds apart',
    querystring: SalesQuery,
    response: { 200: SalesReport },
  }
  app.get('/reports/sales', { schema: sales }, async ({ query }) =>
    reportSales(deps, await readSalesQuery(db, query, {})),
  )

  const sellThrough = {
    summary: '动销: products that sold in a period, of those on sale',
    querystring: Type.Object({ ...Period.properties, by: OneOf('channel', 'brand', 'store') }),
    response: { 200: SellThroughReport },
  }
  app.get('/reports/sell-through', { schema: sellThrough }, async ({ query }) => {
    const period = readPeriod(query)
    await takeInWhatIsDue(deps)
    return reportSellThrough(db, { ...period, by: query.by })
  })

  const repurchase = {
    summary: '复购: buyers with two orders or more in a period',
    querystring: Type.Object({ ...Period.properties, by: Type.Optional(SalesKey) }),
    response: { 200: RepurchaseReport },
  }
  app.get('/reports/repurchase', { schema: repurchase }, ({ query }) =>
    reportRepurchase(deps, readPeriod(query), query.by),
  )

  const connected = {
    summary: '连接率: store buyers who are WeCom friends now, by store',
    querystring: Period,
    response: { 200: ConnectedBuyersReport },
  }
  app.get('/reports/connected-buyers', { schema: connected }, async ({ query }) => {
    const period = readPeriod(query)
    await takeInWhatIsDue(deps)
    return reportConnectedBuyers(db, period)
  })

  const factors = {
    summary: 'Sales as scenes × relations × conversion × average order value, in exact fractions',
    querystring: Period,
    response: { 200: FourFactorsReport },
  }
  app.get('/reports/four-factors', { schema: factors }, ({ query }) => reportFourFactors(deps, readPeriod(query)))
}
