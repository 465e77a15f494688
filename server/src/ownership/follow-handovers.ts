import type { Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { listDueHandovers, markPolled } from './due-handovers.repository.ts'
import { pollHandover } from './poll-handover.ts'

/** A handover takes a day; callbacks tell most results sooner. */
const POLL_MS = 30 * 60_000

/** Follows open handovers to their end, callbacks or none. */
export const followHandovers: Task = {
  name: 'follow_handovers',
  lane: 'general',
  async run(_payload, deps) {
    const { db, clock, log } = deps
    const due = await listDueHandovers(db, new Date(clock.now().getTime() - POLL_MS))
    for (const handover of due) {
      try {
        await pollHandover(handover, deps)
      } catch (error) {
        if (!(error instanceof WecomError)) throw error
        // It is asked again in its time, and must not keep the others waiting.
        await markPolled(db, handover.handoverId, clock.now())
        log.warn(
          { handoverId: handover.handoverId, errcode: error.errcode },
          'WeCom did not tell how a handover stands',
        )
      }
    }
  },
}
