import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Span } from './period.repository.ts'

/** Where something was sold in the period: each store that sold over its counter, and each other channel. */
export async function countScenes(db: Db, { from, to }: Span): Promise<number> {
  const { rows } = await sql<{ scenes: number }>`
    select count(*) as scenes from (
      select distinct channel, case when channel = 'store' then store_id end from sales_fact
      where source = 'order' and at >= ${sql.lit(from)}::timestamptz and at < ${sql.lit(to)}::timestamptz
    ) scene`.execute(db)
  return rows[0]?.scenes ?? 0
}

/** Relations that lived at that time, as far as they are known to have begun and ended. */
export async function countRelations(db: Db, at: string): Promise<number> {
  const moment = sql`${sql.lit(at)}::timestamptz`
  const { rows } = await sql<{ relations: number }>`
    select count(*) as relations from follow_relation
    where started_at < ${moment} and (ended_at is null or ended_at >= ${moment})`.execute(db)
  return rows[0]?.relations ?? 0
}
