import type { Deps } from '../deps.ts'
import { listGroups } from '../groups/list-groups.ts'
import { type Handover, keepPlan, listFriendsOf } from './handovers.repository.ts'

/** doc 92124 */
const ROWS_PER_PAGE = 1000

/** Finds out whom and which groups a handover is about. */
export async function planHandover(handover: Handover, deps: Deps): Promise<void> {
  const { handoverId, kind, fromUserId, customerIds, withGroups } = handover
  const customers =
    customerIds ??
    (kind === 'active' ? await listFriendsOf(deps.db, fromUserId) : await listUnassigned(fromUserId, deps))
  const groups: string[] = []
  if (withGroups)
    for await (const page of listGroups(deps, [fromUserId])) groups.push(...page.map(({ chatId }) => chatId))
  await keepPlan(deps.db, handoverId, { customers, groups, at: deps.clock.now() })
}

/** Whom a guide who left has left behind; WeCom lists all such guides' customers together (doc 92124). */
async function listUnassigned(guideUserId: string, { wecom }: Deps): Promise<string[]> {
  const giver = guideUserId.toLowerCase()
  const customers: string[] = []
  let cursor: string | undefined
  do {
    const page = await wecom.call('externalcontact/get_unassigned_list', { page_size: ROWS_PER_PAGE, cursor })
    for (const { handover_userid, external_userid } of page.info)
      if (handover_userid.toLowerCase() === giver) customers.push(external_userid)
    cursor = page.next_cursor || undefined
  } while (cursor)
  return customers
}
