import type { ClosedPeriod } from '@zhanggui/shared/commission.ts'
import { lockLedger } from '../attribution/due.repository.ts'
import { recordAudit } from '../audit/audit.repository.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { creditDueOrders } from './credit-orders.ts'
import { boundsOf } from './months.ts'
import { findLastPeriod, findPeriod, listSettled, settlePeriod } from './periods.repository.ts'

interface ClosingWish {
  period: string
  by: string
  /** Who told us, for the audit. */
  actor: string
}

/**
 * Closes a month: what was confirmed before its end is settled, and whatever comes to light afterwards belongs to the
 * next month that is closed. Closing it again changes nothing and answers alike.
 */
export async function closePeriod(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  { period, by, actor }: ClosingWish,
): Promise<ClosedPeriod> {
  const { db, clock } = deps
  const { to: end } = boundsOf(period)
  if (clock.now() < end) throw new AppError('period_not_over')
  // What is known by now is to be in the ledger first.
  while (await creditDueOrders(deps));
  return db.transaction().execute(async (tx) => {
    await lockLedger(tx)
    if (!(await findPeriod(tx, period))) {
      const last = await findLastPeriod(tx)
      if (last !== undefined && last > period) throw new AppError('period_superseded', { detail: `${last} is closed` })
      const closedAt = clock.now()
      await settlePeriod(tx, { period, end, closedAt, closedBy: by })
      await recordAudit(tx, { actor, action: 'commission.closed', subject: period, detail: { by }, at: closedAt })
    }
    return getClosedPeriod(tx, period)
  })
}

export async function getClosedPeriod(db: Db, period: string): Promise<ClosedPeriod> {
  const closed = await findPeriod(db, period)
  if (!closed) throw new AppError('not_found', { detail: 'this period is not closed' })
  const rows = await listSettled(db, period)
  const settled = rows.reduce((sum, { total }) => sum + total, 0)
  return { ...closed, closedAt: closed.closedAt.toISOString(), rows, difference: closed.total - settled }
}
