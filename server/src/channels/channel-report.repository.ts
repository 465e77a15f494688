import type { ChannelReport } from '@zhanggui/shared/channel.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from '../identity/resolve.repository.ts'

/**
 * What channels brought in a period, by day. Friendships are counted where they belong; a customer's membership and
 * purchases count for the channel that brought them first, from the day they came on: a code on the till is scanned
 * while paying. So no sale is told twice.
 */
export async function reportChannels(db: Db, { from, to }: { from: string; to: string }): Promise<ChannelReport> {
  const { rows } = await sql<ChannelReport['rows'][number]>`
    with friend as materialized (
      select c.channel_id, f.external_user_id, f.started_at, f.ended_at
      from channel c join follow_relation f on f.channel_state = c.state
    ), brought as materialized (
      select distinct on (external_user_id) external_user_id, channel_id, ${dayOf(sql`started_at`)} as since
      from friend order by external_user_id, started_at, channel_id
    ), purchase as (
      select ${customerOfOrder} as customer, o.placed_at, o.paid_amount
      from sales_order o where o.placed_at >= ${from}::timestamptz and o.placed_at < ${to}::timestamptz
    ), figure as (
      select channel_id, ${dayOf(sql`started_at`)} as day, count(*) as added, 0 as lost, 0 as members, 0 as buyers, 0::numeric as sales
      from friend where started_at >= ${from}::timestamptz and started_at < ${to}::timestamptz group by 1, 2
      union all
      select channel_id, ${dayOf(sql`ended_at`)}, 0, count(*), 0, 0, 0
      from friend where ended_at >= ${from}::timestamptz and ended_at < ${to}::timestamptz group by 1, 2
      union all
      select channel_id, ${dayOf(sql`joined_at`)}, 0, 0, count(distinct external_user_id), 0, 0
      from brought join member using (external_user_id)
      where joined_at >= ${from}::timestamptz and joined_at < ${to}::timestamptz and ${dayOf(sql`joined_at`)} >= since
      group by 1, 2
      union all
      select channel_id, ${dayOf(sql`placed_at`)}, 0, 0, 0, count(distinct external_user_id), sum(paid_amount)
      from brought join purchase on customer = external_user_id
      where ${dayOf(sql`placed_at`)} >= since
      group by 1, 2
    )
    select channel_id, channel.name, channel.source, to_char(day, 'YYYY-MM-DD') as day, sum(added)::bigint as added,
      sum(lost)::bigint as lost, sum(members)::bigint as members, sum(buyers)::bigint as buyers, sum(sales)::bigint as sales
    from figure join channel using (channel_id)
    group by channel_id, channel.name, channel.source, day
    order by day, channel_id`.execute(db)
  const total = { added: 0, lost: 0, members: 0, buyers: 0, sales: 0 }
  for (const row of rows) {
    total.added += row.added
    total.lost += row.lost
    total.members += row.members
    total.sales += row.sales
  }
  total.buyers = await countBuyers(db, { from, to })
  return { rows, total }
}

/** Over the whole period somebody who bought on two days is one buyer. */
async function countBuyers(db: Db, { from, to }: { from: string; to: string }): Promise<number> {
  const { rows } = await sql<{ buyers: number }>`
    with purchase as (
      select ${customerOfOrder} as customer, max(o.placed_at) as last
      from sales_order o where o.placed_at >= ${from}::timestamptz and o.placed_at < ${to}::timestamptz group by 1
    ), brought as (
      select external_user_id, min(started_at) as since
      from follow_relation join channel on channel.state = channel_state group by 1
    )
    select count(*) as buyers from purchase join brought on customer = external_user_id
    where ${dayOf(sql`last`)} >= ${dayOf(sql`since`)}`.execute(db)
  return rows[0]?.buyers ?? 0
}

function dayOf(moment: ReturnType<typeof sql>) {
  return sql`(${moment} at time zone 'Asia/Shanghai')::date`
}
