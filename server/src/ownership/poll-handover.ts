import type { Deps } from '../deps.ts'
import { markPolled } from './due-handovers.repository.ts'
import { NOT_A_FRIEND } from './handover-words.ts'
import { endWithout, finishIfSettled, type Handover, listUnsettled } from './handovers.repository.ts'
import { takeOver } from './take-over.ts'

/** docs 94088, 94082 */
const DONE = 1
const REFUSED = 3
const LIMIT = 4
/** A result of before we asked is of an earlier handover of the same two; clocks differ a little. */
const SKEW_MS = 60_000
const LONGEST_MS = 30 * 86_400_000
/** One that WeCom said yes to and does not list is another handover's. */
const UNLISTED_MS = 48 * 3_600_000

interface Result {
  status: number
  at: Date | undefined
}

/** Asks WeCom what became of a handover and keeps it: customers move when WeCom says done, and not before. */
export async function pollHandover(handover: Handover, deps: Deps): Promise<void> {
  const { db, clock } = deps
  const { handoverId } = handover
  const unsettled = await listUnsettled(db, handoverId, NOT_A_FRIEND)
  const now = clock.now()
  const results = await listResults(handover, deps)
  const withStatus = (status: number) =>
    unsettled.filter(({ externalUserId }) => results.get(externalUserId)?.status === status)

  for (const { externalUserId } of withStatus(DONE))
    await takeOver(handover, externalUserId, results.get(externalUserId)?.at ?? now, deps)
  const waiting = unsettled.filter(({ state }) => state === 'waiting')
  const silent = (ms: number) =>
    waiting.filter(({ askedAt }) => askedAt !== null && now.getTime() - askedAt.getTime() > ms).map(idOf)
  await endWithout(db, handoverId, { customers: withStatus(REFUSED).map(idOf), state: 'refused', at: now })
  await endWithout(db, handoverId, { customers: withStatus(LIMIT).map(idOf), state: 'limit', at: now })
  const unlisted = silent(UNLISTED_MS).filter((id) => !results.has(id))
  await endWithout(db, handoverId, { customers: unlisted, state: 'failed', reason: 'in_another_handover', at: now })
  await endWithout(db, handoverId, { customers: silent(LONGEST_MS), state: 'failed', reason: 'no_result', at: now })
  await markPolled(db, handoverId, now)
  await finishIfSettled(db, handoverId, now)
}

const idOf = ({ externalUserId }: { externalUserId: string }) => externalUserId

async function listResults({ kind, fromUserId, toUserId, askedAt }: Handover, { wecom }: Deps) {
  const endpoint = kind === 'active' ? 'externalcontact/transfer_result' : 'externalcontact/resigned/transfer_result'
  const results = new Map<string, Result>()
  let cursor: string | undefined
  do {
    const page = await wecom.call(endpoint, { handover_userid: fromUserId, takeover_userid: toUserId, cursor })
    for (const { external_userid, status, takeover_time } of page.customer) {
      const at = takeover_time ? new Date(takeover_time * 1000) : undefined
      if (at && at.getTime() < askedAt.getTime() - SKEW_MS) continue
      results.set(external_userid, { status, at })
    }
    cursor = page.next_cursor || undefined
  } while (cursor)
  return results
}
