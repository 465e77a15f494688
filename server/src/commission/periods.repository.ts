import type { ClosedPeriod } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { guideNamed } from './entry-state.repository.ts'

export function findPeriod(db: Db, period: string) {
  return db.selectFrom('commissionPeriod').selectAll().where('period', '=', period).executeTakeFirst()
}

export async function findLastPeriod(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom('commissionPeriod')
    .select('period')
    .orderBy('period', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.period
}

/** Entries that no close has settled and that a period which ends then takes along. */
const openBefore = (end: Date) => sql`
  e.occurred_at < ${end} and e.confirms_at < ${end}
  and not exists (select from commission_settlement s where s.entry_id = e.entry_id)`

/** Settles everything that came about and was confirmed before `end`. The caller holds the ledger's lock. */
export async function settlePeriod(
  tx: Db,
  { period, end, closedAt, closedBy }: { period: string; end: Date; closedAt: Date; closedBy: string },
): Promise<void> {
  await sql`
    insert into commission_period (period, closed_at, closed_by, entries, total)
    select ${period}, ${closedAt}, ${closedBy}, count(*), coalesce(sum(amount), 0)
    from commission_entry e where ${openBefore(end)}`.execute(tx)
  await sql`
    insert into commission_settlement (entry_id, period)
    select entry_id, ${period} from commission_entry e where ${openBefore(end)}`.execute(tx)
}

/** By guide, what a close settled. */
export async function listSettled(db: Db, period: string): Promise<ClosedPeriod['rows']> {
  const { rows } = await sql<ClosedPeriod['rows'][number]>`
    select ${guideNamed} as guide_id, coalesce(sum(amount) filter (where credit = 'sales'), 0)::bigint as sales,
      coalesce(sum(amount) filter (where credit = 'service'), 0)::bigint as service, sum(amount)::bigint as total
    from (
      select lower(e.guide_user_id) as folded_id, e.guide_user_id, e.credit, e.amount
      from commission_settlement s join commission_entry e using (entry_id) where s.period = ${period}
    ) as entry
    group by folded_id order by guide_id`.execute(db)
  return rows
}
