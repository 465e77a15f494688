import type { Task } from '../jobs/job.ts'

/** Long enough to settle any dispute about what WeCom sent; a redelivery comes within seconds. */
const KEPT_MS = 90 * 86_400_000

export const purgeInbox: Task = {
  name: 'purge_inbox',
  lane: 'general',
  async run(_payload, { db, clock }) {
    await db
      .deleteFrom('callbackInbox')
      .where('receivedAt', '<', new Date(clock.now().getTime() - KEPT_MS))
      .execute()
  },
}
