import type { Db } from '../db/connection.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { LAG_MS } from './member-version.ts'

/** A burst of callbacks about one group ends in one reading, unless it goes on for longer than this. */
const LONGEST_WAIT_MS = 10_000
/** Who came is known at once; their name, inviter and exact time may take so long. */
const DETAILS_AFTER_MS = 60_000

export const MIRROR_GROUP = 'mirror_group'
export const COMPLETE_GROUP = 'complete_group'

/**
 * Reads the group once WeCom's own lag is over (doc 92122): counted from now and not from when the callback came, so
 * that callbacks that had to wait to be worked share a reading too.
 */
export function planRead(tx: Db, chatId: string, now: Date, unsureSince: Date | null): Promise<void> {
  const latest = (unsureSince ?? now).getTime() + LONGEST_WAIT_MS
  return planReadAt(tx, chatId, new Date(Math.min(now.getTime() + LAG_MS, latest)))
}

export function planReadAt(tx: Db, chatId: string, runAt: Date): Promise<void> {
  return enqueue(tx, {
    task: MIRROR_GROUP,
    payload: { chatId },
    key: `${MIRROR_GROUP} ${chatId}`,
    priority: 0,
    runAt,
  })
}

export function planDetails(tx: Db, chatId: string, now: Date): Promise<void> {
  return enqueue(tx, {
    task: COMPLETE_GROUP,
    payload: { chatId },
    key: `${COMPLETE_GROUP} ${chatId}`,
    priority: 5,
    runAt: new Date(now.getTime() + DETAILS_AFTER_MS),
  })
}
