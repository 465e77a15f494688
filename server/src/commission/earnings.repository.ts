import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { CommissionState, CommissionSums } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { stateAt } from './entry-state.repository.ts'

type Sums = CommissionSums & { amount: number; orders: number }

/** What came about for a guide in a span of time, by credit. A credit without any is left out. */
export async function sumEarnings(
  db: Db,
  guideId: string,
  { from, to }: { from: Date; to: Date },
  now: Date,
): Promise<Map<Credit, Sums>> {
  const { rows } = await sql<Sums & { credit: Credit }>`
    select credit, sum(amount)::bigint as amount, count(distinct order_id) as orders,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'pending'), 0)::bigint as pending,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'confirmed'), 0)::bigint as confirmed,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'settled'), 0)::bigint as settled,
      coalesce(-sum(amount) filter (where kind = 'reversal'), 0)::bigint as reversed
    from (
      select e.*, ${stateAt(now)} as state from commission_entry e left join commission_settlement s using (entry_id)
      where lower(e.guide_user_id) = ${guideId.toLowerCase()} and e.occurred_at >= ${from} and e.occurred_at < ${to}
    ) as entry
    group by credit`.execute(db)
  return new Map(rows.map(({ credit, ...sums }) => [credit, sums]))
}

export interface EarnedRow {
  orderId: string
  placedAt: Date
  storeName: string | null
  amount: number
  state: CommissionState
  /** Of the latest entry: by it the list is ordered. */
  lastEntryId: number
  steps: { at: string; kind: 'earn' | 'reversal' | 'correction'; base: number; rate: number; amount: number }[]
}

/** A guide's orders with an entry in a span of time, the one last changed first, each with all of their entries of it. */
export async function listEarnedOrders(
  db: Db,
  guideId: string,
  { credit, from, to, before, limit }: { credit: Credit; from: Date; to: Date; before?: number; limit: number },
  now: Date,
): Promise<EarnedRow[]> {
  const { rows } = await sql<EarnedRow>`
    select mine.*, o.placed_at, store.name as store_name
    from (
      select order_id, sum(amount)::bigint as amount, max(entry_id) as last_entry_id,
        (array_agg(state order by entry_id desc))[1] as state,
        jsonb_agg(jsonb_build_object('at', occurred_at, 'kind', kind, 'base', base, 'rate', rate, 'amount', amount)
          order by entry_no) as steps
      from (
        select e.*, ${stateAt(now)} as state from commission_entry e left join commission_settlement s using (entry_id)
        where lower(e.guide_user_id) = ${guideId.toLowerCase()} and e.credit = ${credit}
          and e.occurred_at >= ${from} and e.occurred_at < ${to}
      ) as entry
      group by order_id
    ) as mine
    join sales_order o using (order_id)
    left join store using (store_id)
    where ${before === undefined ? sql`true` : sql`last_entry_id < ${before}`}
    order by last_entry_id desc limit ${limit}`.execute(db)
  return rows
}
