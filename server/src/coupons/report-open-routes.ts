import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CouponReport } from '@zhanggui/shared/coupon-report.ts'
import { OneOf } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { countFunnel, type FunnelRow } from './funnel.repository.ts'

export const couponReportOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  const schema = {
    summary: 'Coupons issued in a period: opened, claimed, redeemed, the sales they carried, what they cost',
    querystring: Type.Object({ ...Period.properties, by: OneOf('template', 'guide', 'store') }),
    response: { 200: CouponReport },
  }
  app.get('/reports/coupons', { schema }, async ({ query }) => {
    const rows = await countFunnel(db, { ...readPeriod(query), by: query.by })
    const total = rows.find(({ isTotal }) => isTotal)
    return { rows: rows.filter(({ isTotal }) => !isTotal).map(toRow), total: total ? figuresOf(total) : nothing }
  })
}

function toRow(row: FunnelRow): CouponReport['rows'][number] {
  return { ...(row.key !== null && { key: row.key }), ...(row.name !== null && { name: row.name }), ...figuresOf(row) }
}

function figuresOf({ isTotal: _, key: __, name: ___, ...figures }: FunnelRow): CouponReport['total'] {
  return figures
}

const nothing: CouponReport['total'] = {
  issued: 0,
  opened: 0,
  claimed: 0,
  redeemed: 0,
  orders: 0,
  amount: 0,
  cost: 0,
  costMall: 0,
  costBrand: 0,
  costUnknown: 0,
}
