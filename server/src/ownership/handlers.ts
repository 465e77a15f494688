import type { Handler } from '../callbacks/handler.ts'
import { mirrorCustomer } from '../customers/mirror-customer.ts'
import { lockCustomer } from '../customers/turns.repository.ts'
import type { Deps } from '../deps.ts'
import { findAssignedTaker } from './due-handovers.repository.ts'
import { endWithout, finishIfSettled, listOpenOf } from './handovers.repository.ts'
import { findOwner, insertOwnerMove } from './owner-moves.repository.ts'
import { takeOver } from './take-over.ts'

/** doc 92130 */
const failures: Record<string, 'refused' | 'limit'> = { customer_refused: 'refused', customer_limit_exceed: 'limit' }
/** The two callbacks of one takeover carry about the same second. */
const TOGETHER_MS = 10 * 60_000

/** WeCom took the customer from the giver: the handover is done, ours or one made in WeCom's console. */
export const followTransfer: Handler<'follow.ended_by_guide'> = {
  task: 'follow_transfer',
  lane: 'general',
  wanted: ({ transferred }) => transferred,
  async handle({ data, at, receivedAt }, deps) {
    const { guideUserId, externalUserId } = data
    const ours = await listOpenOf(deps.db, externalUserId, 'fromUserId', guideUserId)
    for (const handover of ours) await takeOver(handover, externalUserId, at, deps)
    if (ours.length > 0) return
    await mirrorCustomer(externalUserId, deps, { freshSince: receivedAt })
    await followConsole(deps, { externalUserId, fromUserId: guideUserId, at })
  },
}

/** A taker who was the customer's friend before cannot be told: then the customer stays with the giver until a ruling. */
async function followConsole(
  { db }: Deps,
  { externalUserId, fromUserId, at }: { externalUserId: string; fromUserId: string; at: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockCustomer(tx, externalUserId)
    const owner = await findOwner(tx, externalUserId)
    const taker = await findAssignedTaker(tx, externalUserId, new Date(at.getTime() - TOGETHER_MS))
    if (!taker || owner?.ownerUserId?.toLowerCase() !== fromUserId.toLowerCase()) return
    await insertOwnerMove(tx, {
      externalUserId,
      toUserId: taker.guideUserId,
      cause: 'handover',
      reason: null,
      movedBy: null,
      movedAt: at,
      sourceKey: `console ${fromUserId.toLowerCase()} ${externalUserId} ${at.getTime()}`,
    })
  })
}

export const failTransfer: Handler<'follow.transfer_failed'> = {
  task: 'fail_transfer',
  lane: 'general',
  async handle({ data, at }, { db, clock }) {
    const { guideUserId, externalUserId, reason } = data
    const state = failures[reason]
    // What else there may be, polling will tell.
    if (!state) return
    for (const { handoverId } of await listOpenOf(db, externalUserId, 'toUserId', guideUserId)) {
      await endWithout(db, handoverId, { customers: [externalUserId], state, at })
      await finishIfSettled(db, handoverId, clock.now())
    }
  },
}
