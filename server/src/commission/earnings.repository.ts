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
  paidAmount: number
  amount: number
  state: CommissionState
  /** Of the latest entry: by it the list is ordered. */
  lastEntryId: number
  steps: {
    at: string
    kind: 'earn' | 'reversal' | 'correction'
    base: number
    rate: number
    amount: number
    ruleId: string
    ruleVersion: number
    /** Names of what is under the rule; nothing if all of the order is. */
    products: string[] | null
  }[]
}

/** Of an entry `e`. An order of which all goes by one rule has nothing to tell apart. */
const productsUnderRule = sql`(
  select case when not bool_and(is_under) then jsonb_agg(name order by line_no) filter (where is_under) end
  from (
    select l.line_no, coalesce(l.name, product.name, l.product_id) as name, exists (
      select from jsonb_to_recordset(terms.picks) pick ("productId" text, credit text, "ruleId" text, version integer)
      where pick."productId" = l.product_id and pick.credit = e.credit and pick."ruleId" = e.rule_id
        and pick.version = e.rule_version
    ) as is_under
    from commission_terms terms
    join sales_order_line l on l.order_id = terms.order_id
    left join product on product.product_id = l.product_id
    where terms.order_id = e.order_id and terms.version = e.terms_version
  ) line
)`

/** A guide's orders with an entry in a span of time, the one last changed first, each with all of their entries of it. */
export async function listEarnedOrders(
  db: Db,
  guideId: string,
  { credit, from, to, before, limit }: { credit: Credit; from: Date; to: Date; before?: number; limit: number },
  now: Date,
): Promise<EarnedRow[]> {
  const mine = sql`lower(e.guide_user_id) = ${guideId.toLowerCase()} and e.credit = ${credit}
    and e.occurred_at >= ${from} and e.occurred_at < ${to}`
  const { rows } = await sql<EarnedRow>`
    select page.*, o.placed_at, o.paid_amount, store.name as store_name, step.steps
    from (
      select order_id, sum(amount)::bigint as amount, max(entry_id) as last_entry_id,
        (array_agg(${stateAt(now)} order by entry_id desc))[1] as state
      from commission_entry e left join commission_settlement s using (entry_id)
      where ${mine}
      group by order_id
      having ${before === undefined ? sql`true` : sql`max(entry_id) < ${before}`}
      order by max(entry_id) desc limit ${limit}
    ) page
    join sales_order o using (order_id)
    left join store using (store_id)
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
        'at', occurred_at, 'kind', kind, 'base', base, 'rate', rate, 'amount', amount, 'ruleId', rule_id,
        'ruleVersion', rule_version, 'products', ${productsUnderRule}
      ) order by entry_no) as steps
      from commission_entry e where e.order_id = page.order_id and ${mine}
    ) step
    order by last_entry_id desc`.execute(db)
  return rows
}
