import type { Deps } from '../deps.ts'
import { keepListedGroups } from './listed.repository.ts'

/** docs 92120: owners in a filter, rows on a page. */
const OWNERS_PER_CALL = 100
const ROWS_PER_PAGE = 1000

export interface ListedGroup {
  chatId: string
  /** 0 normal, 1 owner resigned, 2 being inherited, 3 inherited. */
  status: number
}

/**
 * The groups of these owners (doc 92120), page by page, each kept as listed before it is given. Without the userids of
 * owners who left, their groups are not told: `listGroupOwners` names those we know of. Throws WecomError.
 */
export async function* listGroups(
  { db, wecom, clock }: Deps,
  owners: readonly string[],
): AsyncGenerator<ListedGroup[]> {
  for (let from = 0; from < owners.length; from += OWNERS_PER_CALL) {
    const userid_list = owners.slice(from, from + OWNERS_PER_CALL)
    let cursor: string | undefined
    do {
      const askedAt = clock.now()
      const page = await wecom.call('externalcontact/groupchat/list', {
        status_filter: 0,
        owner_filter: { userid_list },
        cursor,
        limit: ROWS_PER_PAGE,
      })
      const groups = page.group_chat_list.map(({ chat_id, status }) => ({ chatId: chat_id, status }))
      await keepListedGroups(db, groups, askedAt)
      yield groups
      cursor = page.next_cursor || undefined
    } while (cursor)
  }
}
