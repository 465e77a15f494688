import type { Statement, StatementEntry } from '@zhanggui/shared/commission.ts'
import type { Deps } from '../deps.ts'
import { findGuide } from '../guides/find-guide.repository.ts'
import { boundsOf } from './months.ts'
import { findPeriod } from './periods.repository.ts'
import { type ExplainedEntry, entriesOfPeriod } from './statement.repository.ts'

export interface PeriodEntries {
  state: Statement['state']
  entries: ExplainedEntry[]
}

/** Every entry of a period, of one guide or of all. */
export async function readPeriodEntries(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  period: string,
  guideId?: string,
): Promise<PeriodEntries> {
  const closed = await findPeriod(db, period)
  const which = closed ? { period } : { openBefore: boundsOf(period).to }
  return {
    state: closed ? 'closed' : 'open',
    entries: await entriesOfPeriod(db, which, guideId, clock.now()),
  }
}

/** What a guide is owed for a month, and each entry it is made of. */
export async function readStatement(
  deps: Pick<Deps, 'db' | 'clock'>,
  guideId: string,
  period: string,
): Promise<Statement> {
  const guide = await findGuide(deps.db, guideId)
  const present = guide?.userId ?? guideId
  const { state, entries } = await readPeriodEntries(deps, period, present)
  const sumOf = (credit: 'sales' | 'service') =>
    entries.reduce((sum, entry) => sum + (entry.credit === credit ? entry.amount : 0), 0)
  const [sales, service] = [sumOf('sales'), sumOf('service')]
  return { guideId: present, period, state, entries: entries.map(toView), sales, service, total: sales + service }
}

function toView({
  entryId,
  occurredAt,
  placedAt,
  refundId,
  guideId: _,
  guideName: __,
  ...entry
}: ExplainedEntry): StatementEntry {
  return {
    ...entry,
    entryId: String(entryId),
    at: occurredAt.toISOString(),
    placedAt: placedAt.toISOString(),
    ...(refundId !== null && { refundId }),
  }
}
