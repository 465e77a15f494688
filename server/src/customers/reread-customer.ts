import type { Db } from '../db/connection.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { mirrorCustomer } from './mirror-customer.ts'

const TASK = 'reread_customer'
/** Several writes in a row are read back once. */
const PAUSE_MS = 10_000

/**
 * Reads a customer back a little after something of theirs was written through the API: WeCom has the last word, and
 * an answer that was on its way while we wrote counted as older, though it may have told something else that is new.
 */
export const rereadCustomer: Task = {
  name: TASK,
  lane: 'general',
  async run({ externalUserId }, deps) {
    try {
      await mirrorCustomer(String(externalUserId), deps)
    } catch (error) {
      // Out of reach by now: whoever wrote was told so.
      if (!(error instanceof WecomError && error.failure === 'object')) throw error
    }
  },
}

export async function enqueueReread(db: Db, externalUserId: string, now: Date): Promise<void> {
  await enqueue(db, {
    task: TASK,
    payload: { externalUserId },
    key: `${TASK} ${externalUserId}`,
    priority: 5,
    runAt: new Date(now.getTime() + PAUSE_MS),
  })
}
