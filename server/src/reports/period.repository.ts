import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { type Dimension, dimensions } from './dimensions.ts'

/** Instants that Postgres reads. */
export interface Span {
  from: string
  to: string
}

/** A period as its whole spans, which cells hold, and what sticks out at either end. */
export interface Cut {
  /** First days: of the first whole span, and of the one after the last. */
  whole: Span
  edges: Span[]
}

export async function cutPeriod(db: Db, dimension: Dimension, { from, to }: Span): Promise<Cut> {
  const unit = sql.lit(dimensions[dimension].span)
  const [start, end] = [sql`${sql.lit(from)}::timestamptz`, sql`${sql.lit(to)}::timestamptz`]
  const { rows } = await sql<{ first: string; last: string; begin: Date; until: Date; any: boolean }>`
    with local as (
      select ${start} at time zone 'Asia/Shanghai' as starts, ${end} at time zone 'Asia/Shanghai' as ends
    ), whole as (
      select date_trunc(${unit}, ends) as last,
        case when date_trunc(${unit}, starts) = starts then starts
          else date_trunc(${unit}, starts) + ('1 ' || ${unit})::interval end as first
      from local
    )
    select to_char(first, 'YYYY-MM-DD') as first, to_char(last, 'YYYY-MM-DD') as last, first < last as any,
      first at time zone 'Asia/Shanghai' as begin, last at time zone 'Asia/Shanghai' as until
    from whole`.execute(db)
  const cut = rows[0]
  if (!cut?.any) return { whole: { from: '-infinity', to: '-infinity' }, edges: [{ from, to }] }
  const edges = [
    { from, to: cut.begin.toISOString() },
    { from: cut.until.toISOString(), to },
  ]
  return {
    whole: { from: cut.first, to: cut.last },
    edges: edges.filter((edge) => Date.parse(edge.from) < Date.parse(edge.to)),
  }
}

/** What a day means elsewhere: its first moment in that time zone. */
export async function firstMoment(db: Db, day: string, tz: string): Promise<string> {
  const { rows } = await sql<{ at: Date }>`
    select ${sql.lit(day)}::timestamp at time zone ${sql.lit(tz)} as at`.execute(db)
  return rows[0]?.at.toISOString() ?? day
}
