import type { ConnectedBuyersReport } from '@zhanggui/shared/report.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Span } from './period.repository.ts'

/** 连接率: who bought in a store in the period, and how many of them have a live relation with a guide now. */
export async function reportConnectedBuyers(db: Db, { from, to }: Span): Promise<ConnectedBuyersReport> {
  const { rows } = await sql<{ isTotal: boolean; key: string | null; buyers: number; connected: number }>`
    with bought as materialized (
      select distinct store_id, buyer from sales_fact
      where channel = 'store' and buyer is not null
        and at >= ${sql.lit(from)}::timestamptz and at < ${sql.lit(to)}::timestamptz
    ), friend as materialized (
      select distinct 'c:' || external_user_id as buyer from follow_relation where ended_at is null
    )
    select grouping(store_id) = 1 as is_total, store_id as key, count(distinct bought.buyer) as buyers,
      count(distinct friend.buyer) as connected
    from bought left join friend using (buyer)
    group by grouping sets ((store_id), ())
    order by buyers desc, key`.execute(db)
  const total = rows.find(({ isTotal }) => isTotal)
  return {
    rows: rows
      .filter(({ isTotal }) => !isTotal)
      .map(({ key, buyers, connected }) => ({ ...(key && { key }), ...rateOf(buyers, connected) })),
    total: rateOf(total?.buyers ?? 0, total?.connected ?? 0),
  }
}

function rateOf(buyers: number, connected: number): ConnectedBuyersReport['total'] {
  return { buyers, connected, rate: buyers === 0 ? 0 : connected / buyers }
}
