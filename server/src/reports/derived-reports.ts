import type { FourFactorsReport, RepurchaseReport, SalesKey } from '@zhanggui/shared/report.ts'
import type { Deps } from '../deps.ts'
import { fourFactors } from './four-factors.ts'
import type { Span } from './period.repository.ts'
import { countRepeatBuyers, repurchaseOf } from './repurchase.repository.ts'
import { reportSales } from './sales-report.ts'
import { countRelations, countScenes } from './scenes.repository.ts'

type ReportDeps = Pick<Deps, 'db' | 'clock' | 'config'>

const everybody = { tz: 'Asia/Shanghai', scope: {} }

/** Buyers are those of the sales report. */
export async function reportRepurchase(deps: ReportDeps, period: Span, by?: SalesKey): Promise<RepurchaseReport> {
  const { rows, total } = await reportSales(deps, { ...everybody, ...period, by: by ?? 'day' })
  const all = await countRepeatBuyers(deps.db, 'day', period)
  const repeats = by === undefined ? undefined : await countRepeatBuyers(deps.db, by, period)
  return {
    rows: repeats
      ? rows.map(({ key, buyers }) => ({
          ...(key !== undefined && { key }),
          ...repurchaseOf(buyers, repeats.get(by === 'guide' ? (key ?? '').toLowerCase() : (key ?? '')) ?? 0),
        }))
      : [],
    total: repurchaseOf(total.buyers, all.get('') ?? 0),
  }
}

/** Sales and orders are those of the sales report. */
export async function reportFourFactors(deps: ReportDeps, period: Span): Promise<FourFactorsReport> {
  const { total } = await reportSales(deps, { ...everybody, ...period, by: 'day' })
  return fourFactors({
    sales: total.amount,
    scenes: await countScenes(deps.db, period),
    relations: await countRelations(deps.db, period.to),
    orders: total.orders,
  })
}
