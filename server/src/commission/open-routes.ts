import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ClosedPeriod,
  ClosingWish,
  CommissionReport,
  MonthText,
  Recomputed,
  RecomputeWish,
  Simulation,
  SimulationWish,
} from '@zhanggui/shared/commission.ts'
import Type from 'typebox'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Deps } from '../deps.ts'
import { answerOnce, IdempotencyHeaders } from '../open-api/answer-once.ts'
import { actorOf } from '../open-api/api-key.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { putRecords } from '../open-api/put-records.ts'
import { closePeriod, getClosedPeriod } from './close-period.ts'
import { reportCommission } from './report.repository.ts'
import { commissionRuleKind } from './rule-kind.ts'
import { simulateRules } from './simulate.ts'
import { statementRoutes } from './statement-routes.ts'
import { resetTerms } from './terms.repository.ts'

const PeriodPath = Type.Object({ period: MonthText })

export const commissionOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps
  putRecords(app, deps, commissionRuleKind(deps))
  await app.register(statementRoutes, deps)

  const simulation = {
    summary: 'What rules would have paid for the orders of a past period, before they are published',
    body: SimulationWish,
    response: { 200: Simulation },
  }
  app.post('/commission-rules/simulate', { schema: simulation }, ({ body }) => simulateRules(deps, body))

  const recomputing = {
    summary: 'Applies the rules published by now to orders placed in a period, whatever they were promised',
    headers: IdempotencyHeaders,
    body: RecomputeWish,
    response: { 200: Recomputed },
  }
  app.post('/commission-rules/recompute', { schema: recomputing }, (request) =>
    answerOnce(deps, request, async (tx) => {
      const { reason, by, ...period } = request.body
      const { from, to } = readPeriod(period)
      const at = clock.now()
      const orders = await resetTerms(tx, { from, to }, at)
      await recordAudit(tx, {
        actor: actorOf(request),
        action: 'commission.recomputed',
        subject: `${from}/${to}`,
        reason,
        detail: { by, orders },
        at,
      })
      return { orders }
    }),
  )

  const report = {
    summary: 'Commission by guide, credit and state',
    querystring: Period,
    response: { 200: CommissionReport },
  }
  app.get('/reports/commission', { schema: report }, ({ query }) =>
    reportCommission(db, readPeriod(query), clock.now()),
  )

  const closing = {
    summary: 'Settles what was confirmed before the end of a month; later reversals belong to the next one',
    params: PeriodPath,
    body: ClosingWish,
    response: { 200: ClosedPeriod },
  }
  app.post('/commission/periods/:period/close', { schema: closing }, (request) =>
    closePeriod(deps, { ...request.params, ...request.body, actor: actorOf(request) }),
  )
  const closed = { summary: 'A closed month', params: PeriodPath, response: { 200: ClosedPeriod } }
  app.get('/commission/periods/:period', { schema: closed }, ({ params }) => getClosedPeriod(db, params.period))
}
