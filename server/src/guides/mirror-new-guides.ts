import type { Task } from '../jobs/job.ts'
import { listUnheardGuides } from './guides.repository.ts'
import { mirrorMembers } from './mirror-members.ts'

const AT_ONCE = 50

/** Guides first met on a customer or named by a till get their names within a minute, not with the next sync. */
export const mirrorNewGuides: Task = {
  name: 'mirror_new_guides',
  lane: 'general',
  async run(_payload, deps) {
    const userIds = await listUnheardGuides(deps.db, AT_ONCE)
    if (userIds.length > 0) await mirrorMembers(userIds, deps)
  },
}
