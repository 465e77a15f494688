import { creditDueOrders } from '../commission/credit-orders.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import type { Task } from '../jobs/job.ts'
import { refreshCells } from './cells.repository.ts'
import { countDue, listRefundsOf, lockTally, noteSoldOf, takeDue } from './due.repository.ts'
import { listFacts, readFacts, replaceFacts } from './facts.repository.ts'
import { linkPurchases } from './repeats.repository.ts'
import { whatChanged } from './what-changed.ts'

/** Notes taken in one transaction: many, because what they have in common is summed up once. */
const BATCH = 5_000
/** As much as a report first takes in itself. */
const SOON = 1_000
/** What is counted may note more: a product everything sold of it. */
const ROUNDS = 5

/** Counts what was noted; false: nothing was left. Done again it changes nothing. */
export function tallyDueSales({ db }: Pick<Deps, 'db'>, most = BATCH): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockTally(tx)
    const due = await takeDue(tx, most)
    if (due.product.length + due.store.length > 0)
      await noteSoldOf(tx, { productIds: due.product, storeIds: due.store })
    if (due.order.length + due.refund.length > 0) await tally(tx, due.order, due.refund)
    return Object.values(due).some((ids) => ids.length > 0)
  })
}

/** Brings facts, chains of purchases and sums to what is known of these now, all in one, so that they always agree. */
async function tally(tx: Db, orderIds: readonly string[], notedRefunds: readonly string[]): Promise<void> {
  const refundIds = [...new Set([...notedRefunds, ...(await listRefundsOf(tx, orderIds))])]
  const counted = await listFacts(tx, orderIds, refundIds)
  const { former, later, buyers, cells } = whatChanged(counted, await readFacts(tx, orderIds, refundIds))
  if (former.length + later.length === 0) return
  await replaceFacts(tx, former, later)
  const orders = former.filter(({ source }) => source === 'order').map(({ sourceId }) => sourceId)
  if (buyers.length + orders.length > 0) await linkPurchases(tx, buyers, orders)
  for (const [dimension, names] of cells) await refreshCells(tx, dimension, names)
}

/** Whoever has just sent a sale finds it in the report: while little is due, it is taken in first. */
export async function takeInWhatIsDue(deps: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) {
    const due = await countDue(deps.db, SOON)
    if (due === 0 || due >= SOON) return
    await creditDueOrders(deps)
    await tallyDueSales(deps)
  }
}

/** The database asks for it whenever something that reports count was written. */
export const tallySales: Task = {
  name: 'tally_sales',
  lane: 'general',
  async run(_payload, deps, { stopping }) {
    while (!stopping?.aborted && (await tallyDueSales(deps)));
  },
}
