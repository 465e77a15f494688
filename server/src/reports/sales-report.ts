import type { SalesReport } from '@zhanggui/shared/report.ts'
import type { Deps } from '../deps.ts'
import { findNames } from './names.repository.ts'
import { type Counting, listSales, type SalesRow, sumSales } from './sales.repository.ts'
import { takeInWhatIsDue } from './tally-sales.ts'

/** The one place that says what was sold: whoever asks, guide, manager or HQ, reads the same figures. */
export async function reportSales(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  counting: Counting,
): Promise<SalesReport> {
  await takeInWhatIsDue(deps)
  const { by } = counting
  const hasMoney = by !== 'product' && by !== 'brand'
  // Of one moment, so that rows and total agree while sales come in.
  return deps.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const rows = await listSales(tx, counting)
      const total = await sumSales(tx, counting)
      const names = await findNames(
        tx,
        by,
        rows.map(({ key }) => key),
      )
      return {
        rows: rows.map((row) => {
          const { id = row.key, name } = names.get(row.key) ?? {}
          return { ...(id !== '' && { key: id }), ...(name && { name }), ...figuresOf(row, hasMoney) }
        }),
        total: figuresOf(total ?? nothing, true),
      }
    })
}

function figuresOf(row: SalesRow, hasMoney: boolean): SalesReport['total'] {
  const { orders, buyers, units, amount, refunds, refundAmount, money, refundMoney } = row
  return {
    orders,
    buyers,
    units,
    amount,
    refunds,
    refundAmount,
    ...(hasMoney && { paidAmount: money, refundPaidAmount: refundMoney }),
  }
}

const nothing: SalesRow = {
  key: '',
  orders: 0,
  buyers: 0,
  units: 0,
  amount: 0,
  money: 0,
  refunds: 0,
  refundAmount: 0,
  refundMoney: 0,
}
