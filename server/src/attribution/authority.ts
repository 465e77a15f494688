import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { findOrderStore, listGuideStores } from './authority.repository.ts'

/**
 * A manager settles who is credited for what was sold in the own store; for an order of no store, among guides of the
 * own store. Throws not_your_store.
 */
export async function requireWithinStore(
  db: Db,
  { orderId, guideIds, withinStoreId }: { orderId: string; guideIds: (string | null)[]; withinStoreId: string },
): Promise<void> {
  const storeId = await findOrderStore(db, orderId)
  if (storeId === withinStoreId) return
  const stores = await listGuideStores(
    db,
    guideIds.filter((id) => id !== null),
  )
  if (storeId !== null || stores.length === 0 || stores.some((store) => store !== withinStoreId))
    throw new AppError('not_your_store')
}
