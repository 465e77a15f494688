import { TAG_UNDO_MS } from '@zhanggui/shared/limits.ts'
import type { TagTaps } from '@zhanggui/shared/tag.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { listLiveTagIds } from './palette.repository.ts'
import { dropOldRefusals, findLivePair, keepTagUse, keepWishes } from './tag-writes.repository.ts'
import { writeTags } from './write-tags.ts'

/** The last tap of undo has a way to go, too. */
const PAUSE_MS = TAG_UNDO_MS + 500
const REFUSALS_KEPT_MS = 24 * 60 * 60 * 1000

/**
 * Keeps what a guide taps and lets it rest: WeCom hears of it five seconds after the last tap on this customer, all
 * in one call, and of what was taken back within them it never hears.
 */
export async function askTags(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  viewer: Viewer,
  externalUserId: string,
  { add, remove }: TagTaps,
): Promise<void> {
  if (add.some((tagId) => remove.includes(tagId)))
    throw new AppError('validation_failed', { detail: 'a tag cannot be added and removed at once' })
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const pair = await findLivePair(tx, viewer.userId, externalUserId)
    if (!pair) throw new AppError('not_a_friend')
    const live = await listLiveTagIds(tx, add)
    if (add.some((tagId) => !live.has(tagId))) throw new AppError('tag_unknown')
    const wishes = [
      ...add.map((tagId) => ({ tagId, wanted: true })),
      ...remove.map((tagId) => ({ tagId, wanted: false })),
    ]
    await keepWishes(tx, pair, wishes, now)
    await keepTagUse(tx, pair.guideUserId, add, now)
    await dropOldRefusals(tx, pair.guideUserId, new Date(now.getTime() - REFUSALS_KEPT_MS))
    if (wishes.length === 0) return
    await enqueue(tx, {
      task: writeTags.name,
      payload: { ...pair },
      key: `${writeTags.name} ${pair.guideUserId} ${pair.externalUserId}`,
      priority: -1,
      runAt: new Date(now.getTime() + PAUSE_MS),
    })
  })
}
