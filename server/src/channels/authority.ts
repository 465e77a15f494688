import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import type { Channel } from './channels.repository.ts'
import { listGuidesOfStore } from './choices.repository.ts'
import { myChannelId } from './my-code.ts'

/** Who may make and change channels: a manager for their own store, HQ for all. */
export function requireManager(viewer: Viewer): { storeId?: string } {
  if (viewer.role === 'hq') return {}
  if (viewer.role === 'manager' && viewer.storeId !== undefined) return { storeId: viewer.storeId }
  throw new AppError('forbidden', { detail: 'for managers of a store and HQ' })
}

/** A manager puts only their own store and its guides behind a code. */
export async function requireOwnPeople(
  db: Db,
  viewer: Viewer,
  { guideIds, storeIds }: { guideIds: readonly string[]; storeIds: readonly string[] },
): Promise<void> {
  const { storeId } = requireManager(viewer)
  if (storeId === undefined) return
  const own = new Set((await listGuidesOfStore(db, storeId)).map((userId) => userId.toLowerCase()))
  if (storeIds.some((id) => id !== storeId) || guideIds.some((id) => !own.has(id.toLowerCase())))
    throw new AppError('forbidden', { detail: 'only for guides of your own store' })
}

/** Whoever stands behind a code may show it. */
export async function requireShowable(db: Db, viewer: Viewer, channel: Channel): Promise<void> {
  if (channel.channelId === myChannelId(viewer) || viewer.role === 'hq') return
  const folded = viewer.userId.toLowerCase()
  if (!channel.personal && channel.guideIds.some((id) => id.toLowerCase() === folded)) return
  if (viewer.storeId !== undefined && channel.storeIds.includes(viewer.storeId)) return
  if (viewer.role === 'manager') return requireOwnPeople(db, viewer, channel)
  throw new AppError('not_found', { detail: 'no such channel' })
}
