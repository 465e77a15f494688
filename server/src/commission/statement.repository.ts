import type { StatementEntry } from '@zhanggui/shared/commission.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { stateAt } from './entry-state.repository.ts'

export interface ExplainedEntry extends Omit<StatementEntry, 'entryId' | 'at' | 'placedAt' | 'refundId'> {
  entryId: number
  guideId: string
  guideName: string | null
  occurredAt: Date
  placedAt: Date
  refundId: string | null
}

/** What a close settled; of a month that is open, what came about before its end and no close has settled yet. */
export function entriesOfPeriod(
  db: Db,
  which: { period: string } | { openBefore: Date },
  guideId: string | undefined,
  now: Date,
): Promise<ExplainedEntry[]> {
  const within =
    'period' in which ? sql`s.period = ${which.period}` : sql`s.period is null and e.occurred_at < ${which.openBefore}`
  const theirs = guideId === undefined ? sql`true` : sql`lower(e.guide_user_id) = ${guideId.toLowerCase()}`
  return listEntries(db, sql`${within} and ${theirs}`, now)
}

export async function listEntries(db: Db, which: RawBuilder<unknown>, now: Date): Promise<ExplainedEntry[]> {
  const { rows } = await sql<ExplainedEntry>`
    select e.entry_id, coalesce(guide.user_id, e.guide_user_id) as guide_id, guide.name as guide_name, e.occurred_at, e.order_id, o.placed_at,
      e.credit, e.kind, e.refund_id, e.base, e.rate, e.rule_id, e.rule_version, e.amount, ${stateAt(now)} as state
    from commission_entry e
    join sales_order o using (order_id)
    left join commission_settlement s using (entry_id)
    left join guide on lower(guide.user_id) = lower(e.guide_user_id)
    where ${which}
    order by guide_id, o.placed_at, e.order_id, e.entry_no`.execute(db)
  return rows
}
