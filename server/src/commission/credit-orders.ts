import { lockLedger, takeDueOrders } from '../attribution/due.repository.ts'
import type { Snapshot } from '../attribution/take-snapshot.ts'
import { takeSnapshots } from '../attribution/take-snapshots.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import type { RuleVersion } from './choose-rule.ts'
import { type EntryRow, insertEntries, listPosted, type PostedOrder } from './entries.repository.ts'
import { entriesFor } from './entries.ts'
import { listSoldOrders, type SoldOrder } from './order-money.repository.ts'
import { owedFor } from './owed.ts'
import { creditsOf, pickTerms, type Terms, withRates } from './pick-terms.ts'
import { listRules } from './rules.repository.ts'
import { findFaulty, setOrdersAside } from './set-aside.ts'
import { insertTerms, listTerms } from './terms.repository.ts'

/** Orders worked out in one transaction, at a few statements for all of them. */
const BATCH = 500

/**
 * Works out orders that were noted; false: none was left. One that cannot be worked out holds nobody else's back: it
 * gets a job of its own, which goes on trying.
 */
export async function creditDueOrders({ db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockLedger(tx)
    const orderIds = await takeDueOrders(tx, BATCH)
    const now = clock.now()
    const faulty = await findFaulty(tx, orderIds, (some) => creditOrders(tx, some, config, now))
    if (faulty.length > 0) await setOrdersAside(tx, faulty, now)
    return orderIds.length > 0
  })
}

/**
 * Brings who is credited, by which rules, and the ledger up to what is known of these orders now. Done again it adds
 * nothing. The caller holds the ledger's lock.
 */
export async function creditOrders(
  tx: Db,
  orderIds: readonly string[],
  { attribution, refundWindowDays }: Deps['config'],
  now: Date,
): Promise<void> {
  const snapshots = await takeSnapshots(tx, orderIds, attribution, now)
  const orders = await listSoldOrders(tx, orderIds)
  const rules = await listRules(tx)
  const lastTerms = byOrder(await listTerms(tx, orderIds))
  const ledger = byOrder(await listPosted(tx, orderIds))

  const newTerms: Terms[] = []
  const entries = orders.flatMap((order) => {
    const snapshot = snapshots.get(order.orderId)
    if (!snapshot) return []
    const last = lastTerms.get(order.orderId)
    const picked = pickTerms({ ...order, credits: creditsOf(snapshot) }, last, rules, refundWindowDays, now)
    if (picked) newTerms.push(picked)
    const terms = picked ?? last
    return terms ? entriesOf(order, snapshot, terms, rules, ledger.get(order.orderId), now) : []
  })
  await insertTerms(tx, newTerms)
  await insertEntries(tx, entries)
}

function entriesOf(
  order: SoldOrder,
  snapshot: Snapshot,
  terms: Terms,
  rules: readonly RuleVersion[],
  ledger: PostedOrder | undefined,
  now: Date,
): EntryRow[] {
  const owed = owedFor({
    ...order,
    picks: withRates(terms.picks, rules),
    guides: { sales: snapshot.salesGuideId, service: snapshot.serviceGuideId },
  })
  const refundedAt = new Map(order.refunds.map((refund) => [refund.refundId, refund.refundedAt]))
  const moments = { placedAt: order.placedAt, refundedAt, now }
  return entriesFor(owed, ledger?.posted ?? [], moments).map((entry, index) => ({
    ...entry,
    orderId: order.orderId,
    entryNo: (ledger?.lastEntryNo ?? 0) + index + 1,
    orderRevision: order.revision,
    attributionVersion: snapshot.version,
    termsVersion: terms.version,
    confirmsAt: terms.confirmsAt,
    postedAt: now,
  }))
}

function byOrder<Row extends { orderId: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.orderId, row]))
}
