import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import { keepEnd } from './group-news.ts'
import { listUnheardGroups } from './listed.repository.ts'
import { mirrorGroup } from './mirror-group.ts'

/**
 * Ends the groups that no list has named since: only after every owner has been listed without an error, or groups
 * would end that were merely not asked for. Each is asked about once more, since a dissolution is told there (49008),
 * and a group that can still be read has not ended. Gives how many have ended.
 */
export async function endMissingGroups(deps: Deps, since: Date): Promise<number> {
  let ended = 0
  for (const chatId of await listUnheardGroups(deps.db, since)) {
    const drift = await readOrEnd(chatId, deps)
    if (drift.ended) ended += 1
  }
  return ended
}

async function readOrEnd(chatId: string, deps: Deps) {
  try {
    return await mirrorGroup(chatId, deps)
  } catch (error) {
    // Only WeCom's own word about this group counts; silence or a full queue ends nothing.
    const isOutOfReach = error instanceof WecomError && (error.failure === 'object' || error.failure === 'final')
    if (!isOutOfReach) throw error
    return keepEnd(deps.db, chatId, { how: 'missing', at: deps.clock.now() })
  }
}
