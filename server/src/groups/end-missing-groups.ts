import type { Deps } from '../deps.ts'
import { keepEnd } from './group-news.ts'
import { listUnheardGroups } from './listed.repository.ts'

/**
 * Ends the groups that no list has named since: only after every owner has been listed without an error, or groups
 * would end that were merely not asked for. Gives how many.
 */
export async function endMissingGroups({ db, clock }: Pick<Deps, 'db' | 'clock'>, since: Date): Promise<number> {
  const missing = await listUnheardGroups(db, since)
  for (const chatId of missing) await keepEnd(db, chatId, { how: 'missing', at: clock.now() })
  return missing.length
}
