import type { Deps } from '../deps.ts'
import { mirrorGroup } from '../groups/mirror-group.ts'
import { RunLater } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { listQueuedGroups, settleGroup } from './handover-groups.repository.ts'
import { groupReason } from './handover-words.ts'
import type { Handover } from './handovers.repository.ts'

/** docs 95703, 92127 */
const GROUPS_PER_CALL = 100
/** The taker owns it already: WeCom's yes was lost. */
const UNCHANGED = 90504
/** The new owner has had 300 groups today. */
const ENOUGH_TODAY = 45009
const DAY_MS = 86_400_000
const SHANGHAI_MS = 8 * 3_600_000
/** 1 300 groups take five days. */
const DAYS = 60

/** Groups change hands at once. No callback comes of it, so each is read again. */
export async function handGroupsOver(handover: Handover, deps: Deps): Promise<void> {
  const { handoverId, kind, toUserId } = handover
  const { db, wecom, clock } = deps
  const endpoint = kind === 'active' ? 'externalcontact/groupchat/onjob_transfer' : 'externalcontact/groupchat/transfer'
  for (;;) {
    const chatIds = await listQueuedGroups(db, handoverId, GROUPS_PER_CALL)
    if (chatIds.length === 0) return
    const answer = await wecom.call(endpoint, { chat_id_list: chatIds, new_owner: toUserId })
    const failed = new Map(answer.failed_chat_list.map(({ chat_id, errcode }) => [chat_id, errcode]))
    for (const chatId of chatIds) {
      const errcode = failed.get(chatId) ?? 0
      if (errcode === ENOUGH_TODAY) continue
      const isDone = errcode === 0 || errcode === UNCHANGED
      await settleGroup(db, {
        handoverId,
        chatId,
        state: isDone ? 'done' : 'failed',
        reason: isDone ? null : groupReason(errcode),
        errcode: isDone ? null : errcode,
        endedAt: clock.now(),
      })
      if (isDone) await readAgain(chatId, deps)
    }
    if ([...failed.values()].includes(ENOUGH_TODAY))
      throw new RunLater('the taker has had as many groups as a day allows', untilTomorrow(clock.now()), DAYS)
  }
}

async function readAgain(chatId: string, deps: Deps): Promise<void> {
  try {
    await mirrorGroup(chatId, deps)
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    deps.log.warn({ chatId, errcode: error.errcode }, 'a group that changed hands could not be read again')
  }
}

/** WeCom counts in days of Shanghai; a minute after the turn. */
function untilTomorrow(now: Date): number {
  return DAY_MS - ((now.getTime() + SHANGHAI_MS) % DAY_MS) + 60_000
}
