import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { findPlaceInGroup } from './visibility.repository.ts'

/**
 * Who may see a group: its owner, its admins and the guides in it, the manager of its owner's store, and HQ. For
 * everybody else it does not exist, like a group nobody has heard of.
 */
export async function requireVisibleGroup(db: Db, viewer: Viewer, chatId: string): Promise<void> {
  if (!(await isVisible(db, viewer, chatId))) throw new AppError('group_not_visible')
}

async function isVisible(db: Db, viewer: Viewer, chatId: string): Promise<boolean> {
  const place = await findPlaceInGroup(db, chatId, viewer.userId)
  if (!place) return false
  if (viewer.role === 'hq' || place.isOwner || place.isAdmin || place.isMember) return true
  return viewer.role === 'manager' && viewer.storeId !== undefined && place.ownerStoreId === viewer.storeId
}
