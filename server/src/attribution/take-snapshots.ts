import type { Db } from '../db/connection.ts'
import { insertSnapshots, listSnapshots } from './attribution.repository.ts'
import { listPlacedOrders } from './placed-orders.repository.ts'
import { type AttributionSetting, type Snapshot, takeSnapshot } from './take-snapshot.ts'

/** Brings these orders' attribution up to date and gives the version that counts of each. Asks for the ledger's lock. */
export async function takeSnapshots(
  tx: Db,
  orderIds: readonly string[],
  setting: AttributionSetting,
  now: Date,
): Promise<Map<string, Snapshot>> {
  const orders = await listPlacedOrders(tx, orderIds)
  const current = new Map((await listSnapshots(tx, orderIds)).map((snapshot) => [snapshot.orderId, snapshot]))
  const taken = orders
    .map((order) => takeSnapshot(order, current.get(order.orderId), setting, now))
    .filter((snapshot) => snapshot !== undefined)
  await insertSnapshots(tx, taken)
  for (const snapshot of taken) current.set(snapshot.orderId, snapshot)
  return current
}
