import type { RepurchaseReport } from '@zhanggui/shared/report.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Dimension } from './dimensions.ts'
import type { Span } from './period.repository.ts'

/**
 * 复购: of those who bought in the period, who did so twice or more; by key, under that key. An order is its buyer's
 * second in the period when the one before lies within it and the one before that does not.
 */
export async function countRepeatBuyers(db: Db, by: Dimension, { from, to }: Span): Promise<Map<string, number>> {
  const start = sql`${sql.lit(from)}::timestamptz`
  const { rows } = await sql<{ key: string; buyers: number }>`
    select key, count(*) as buyers from repeat_purchase
    where dimension = ${sql.lit(by)} and at >= ${start} and at < ${sql.lit(to)}::timestamptz and previous_at >= ${start}
      and (before_at is null or before_at < ${start})
    group by key`.execute(db)
  return new Map(rows.map(({ key, buyers }) => [key, buyers]))
}

export function repurchaseOf(buyers: number, repeatBuyers: number): RepurchaseReport['total'] {
  return { buyers, repeatBuyers, rate: buyers === 0 ? 0 : repeatBuyers / buyers }
}
