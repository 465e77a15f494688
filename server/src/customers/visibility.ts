import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { absentCustomer } from '../personal-data/absent-customer.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { isCustomerKnown, isFriendOfGuide, isFriendOfStore } from './visibility.repository.ts'

/**
 * The one place that says whose customers a viewer may see: a guide those they are friends with now, a manager also
 * their store's, HQ all. A stranger's customer and an unknown id are refused alike, so nobody learns which ids exist.
 */
export async function requireVisibleCustomer(db: Db, viewer: Viewer, externalUserId: string): Promise<void> {
  if (!(await isVisible(db, viewer, externalUserId)))
    throw await absentCustomer(db, externalUserId, new AppError('customer_not_visible'))
}

async function isVisible(db: Db, viewer: Viewer, externalUserId: string): Promise<boolean> {
  if (viewer.role === 'hq') return isCustomerKnown(db, externalUserId)
  if (await isFriendOfGuide(db, externalUserId, viewer.userId)) return true
  if (viewer.role !== 'manager' || viewer.storeId === undefined) return false
  return isFriendOfStore(db, externalUserId, viewer.storeId)
}
