import type { Task } from '../jobs/job.ts'
import { deleteActionsBefore } from './guide-actions.repository.ts'

/** A year can be compared with the one before for a month. */
const KEPT_MS = 400 * 86_400_000
const PIECE = 20_000

export const purgeActions: Task = {
  name: 'purge_actions',
  lane: 'general',
  async run(_payload, { db, clock }, { stopping }) {
    const before = new Date(clock.now().getTime() - KEPT_MS)
    while (!stopping?.aborted && (await deleteActionsBefore(db, before, PIECE)) === PIECE);
  },
}
