import { sql } from 'kysely'
import pg from 'pg'
import { lockKinds } from '../alerts/alerts.repository.ts'
import { raiseWithin } from '../alerts/raise-alert.ts'
import { type Db, isDatabaseAway } from '../db/connection.ts'
import { enqueue } from '../jobs/enqueue.ts'

/** Does the work for as many as possible, halving where it fails, and gives those it cannot be done for. */
export async function findFaulty(
  tx: Db,
  orderIds: readonly string[],
  work: (orderIds: readonly string[]) => Promise<void>,
): Promise<string[]> {
  if (orderIds.length === 0) return []
  await sql`savepoint credits`.execute(tx)
  try {
    await work(orderIds)
    await sql`release savepoint credits`.execute(tx)
    return []
  } catch (error) {
    if (isAboutEverybody(error)) throw error
    await sql`rollback to savepoint credits`.execute(tx)
    await sql`release savepoint credits`.execute(tx)
    if (orderIds.length === 1) return [...orderIds]
    const middle = Math.ceil(orderIds.length / 2)
    const first = await findFaulty(tx, orderIds.slice(0, middle), work)
    return [...first, ...(await findFaulty(tx, orderIds.slice(middle), work))]
  }
}

/** The database is away, or the transaction lost against another: all of it is done again. */
function isAboutEverybody(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof pg.DatabaseError && error.code?.startsWith('40') === true)
}

/** Tells HQ, and leaves each to a job of its own. */
export async function setOrdersAside(tx: Db, orderIds: readonly string[], at: Date): Promise<void> {
  await lockKinds(tx, ['commission_stuck'])
  for (const orderId of orderIds) {
    await raiseWithin(tx, {
      kind: 'commission_stuck',
      subject: orderId,
      detail: `订单 ${orderId} 的佣金没算出来,其他订单不受影响。`,
      at,
    })
    await enqueue(tx, { task: 'credit_order', payload: { orderId }, key: `credit_order ${orderId}`, priority: 20 })
  }
}
