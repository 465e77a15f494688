import { keepManyCustomerNews } from '../customers/customers.repository.ts'
import { enqueueReread } from '../customers/reread-customer.ts'
import { lockCustomer } from '../customers/turns.repository.ts'
import { isFriendOfGuide } from '../customers/visibility.repository.ts'
import type { Deps } from '../deps.ts'
import { NOT_A_FRIEND } from './handover-words.ts'
import { finishIfSettled, type Handover, markDone } from './handovers.repository.ts'
import { findOwner, insertOwnerMove } from './owner-moves.repository.ts'

/**
 * WeCom said that the customer is the taker's. The customer belongs to the taker from now on if they belonged to the
 * giver: who hands over a colleague's customer hands over a friendship only. The new friendship itself is read.
 */
export async function takeOver(
  { handoverId, fromUserId, toUserId, askedBy }: Handover,
  externalUserId: string,
  at: Date,
  { db, clock }: Deps,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockCustomer(tx, externalUserId)
    if (!(await markDone(tx, { handoverId, externalUserId, at }, NOT_A_FRIEND))) return
    // The callback may have told of the end already, or be lost.
    if (await isFriendOfGuide(tx, externalUserId, fromUserId)) {
      const change = { guideUserId: fromUserId, what: 'ended', at, endedBy: 'transfer' } as const
      await keepManyCustomerNews(tx, [{ externalUserId, change, heardAt: clock.now() }])
    }
    const owner = await findOwner(tx, externalUserId)
    if (owner?.ownerUserId?.toLowerCase() === fromUserId.toLowerCase())
      await insertOwnerMove(tx, {
        externalUserId,
        toUserId,
        cause: 'handover',
        reason: null,
        movedBy: askedBy,
        movedAt: at,
        sourceKey: `handover ${handoverId} ${externalUserId}`,
      })
    await enqueueReread(tx, externalUserId, clock.now())
    await finishIfSettled(tx, handoverId, clock.now())
  })
}
