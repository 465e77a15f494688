import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { CommissionReport, CommissionSums } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { guideNamed, stateAt } from './entry-state.repository.ts'

/** What came about in a period, by guide and by how it stands now. Times are instants. */
export async function reportCommission(
  db: Db,
  { from, to }: { from: string; to: string },
  now: Date,
): Promise<CommissionReport> {
  const { rows } = await sql<CommissionSums & { guideId: string; credit: Credit }>`
    select ${guideNamed} as guide_id, credit,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'pending'), 0)::bigint as pending,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'confirmed'), 0)::bigint as confirmed,
      coalesce(sum(amount) filter (where kind <> 'reversal' and state = 'settled'), 0)::bigint as settled,
      coalesce(-sum(amount) filter (where kind = 'reversal'), 0)::bigint as reversed
    from (
      select lower(e.guide_user_id) as folded_id, e.guide_user_id, e.credit, e.kind, e.amount, ${stateAt(now)} as state
      from commission_entry e left join commission_settlement s using (entry_id)
      where e.occurred_at >= ${from}::timestamptz and e.occurred_at < ${to}::timestamptz
    ) as entry
    group by folded_id, credit
    order by guide_id, credit`.execute(db)
  const guides = new Map<string, Record<Credit, CommissionSums>>()
  const total = { sales: nothing(), service: nothing() }
  for (const { guideId, credit, ...sums } of rows) {
    const guide = guides.get(guideId) ?? { sales: nothing(), service: nothing() }
    guides.set(guideId, { ...guide, [credit]: sums })
    total[credit] = add(total[credit], sums)
  }
  return { rows: [...guides].map(([guideId, sums]) => ({ guideId, ...sums })), total }
}

function nothing(): CommissionSums {
  return { pending: 0, confirmed: 0, settled: 0, reversed: 0 }
}

function add(one: CommissionSums, other: CommissionSums): CommissionSums {
  return {
    pending: one.pending + other.pending,
    confirmed: one.confirmed + other.confirmed,
    settled: one.settled + other.settled,
    reversed: one.reversed + other.reversed,
  }
}
