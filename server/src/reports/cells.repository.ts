import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { type Dimension, dimensions, distinctBuyers, rowsOf, sumsOf, timeOf } from './dimensions.ts'
import type { CellName } from './what-changed.ts'

/** Sums these cells up again from the facts. Of a day, all keys at once: its facts are read through anyway. */
export async function refreshCells(tx: Db, dimension: Dimension, cells: readonly CellName[]): Promise<void> {
  if (cells.length === 0) return
  if (dimensions[dimension].span === 'day')
    await refreshDays(tx, dimension, [...new Set(cells.map(({ spanFrom }) => spanFrom))])
  else await refreshMonths(tx, dimension, cells)
}

async function refreshDays(tx: Db, dimension: Dimension, days: readonly string[]): Promise<void> {
  await sql`
    delete from sales_cell where dimension = ${sql.lit(dimension)} and span_from = any(${days}::date[])`.execute(tx)
  await sql`
    insert into sales_cell (span_from, dimension, key, ${columns})
    select day, ${sql.lit(dimension)}, sums.key, ${prefixed}
    from unnest(${days}::date[]) as due (day)
    cross join lateral (
      select ${dimensions[dimension].key} as key, ${sumsOf(dimension)}, ${distinctBuyers}
      from ${rowsOf(dimension)} where ${within(dimension, sql`due.day`, '1 day')}
      group by 1
    ) sums`.execute(tx)
}

async function refreshMonths(tx: Db, dimension: Dimension, cells: readonly CellName[]): Promise<void> {
  const due = sql`json_to_recordset(${JSON.stringify(cells)}::json) as due (key text, "spanFrom" date)`
  await sql`
    delete from sales_cell using ${due}
    where dimension = ${sql.lit(dimension)} and span_from = due."spanFrom" and sales_cell.key = due.key`.execute(tx)
  await sql`
    insert into sales_cell (span_from, dimension, key, ${columns})
    select due."spanFrom", ${sql.lit(dimension)}, due.key, ${prefixed}
    from ${due}
    cross join lateral (
      select ${sumsOf(dimension)}, ${distinctBuyers}
      from ${rowsOf(dimension)}
      where ${dimensions[dimension].key} = due.key and ${within(dimension, sql`due."spanFrom"`, '1 month')}
    ) sums
    where sums.orders + sums.refunds > 0`.execute(tx)
}

function within(dimension: Dimension, from: RawBuilder<unknown>, span: '1 day' | '1 month'): RawBuilder<unknown> {
  const at = timeOf(dimension)
  return sql`
    ${at} >= ${from}::timestamp at time zone 'Asia/Shanghai'
    and ${at} < (${from} + interval ${sql.lit(span)}) at time zone 'Asia/Shanghai'`
}

const names = [
  'orders',
  'named',
  'buyers',
  'units',
  'amount',
  'money',
  'refunds',
  'refund_amount',
  'refund_money',
] as const
const columns = sql.join(names.map((name) => sql.ref(name)))
const prefixed = sql.join(names.map((name) => sql.ref(`sums.${name}`)))
