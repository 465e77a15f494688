import type { Task } from '../jobs/job.ts'
import { planDetailsIfMissing } from './group-news.ts'
import { hasInexactStays } from './memberships.repository.ts'
import { mirrorGroup } from './mirror-group.ts'
import { COMPLETE_GROUP, MIRROR_GROUP } from './plan-read.ts'

export const mirrorOneGroup: Task = {
  name: MIRROR_GROUP,
  lane: 'general',
  async run({ chatId }, deps) {
    await mirrorGroup(String(chatId), deps)
  },
}

/** Reads the group only if nothing else has done so since somebody came. */
export const completeGroup: Task = {
  name: COMPLETE_GROUP,
  lane: 'general',
  async run({ chatId }, deps) {
    const id = String(chatId)
    if (!(await hasInexactStays(deps.db, id))) return
    await mirrorGroup(id, deps)
    // Somebody may have come while WeCom was being asked.
    await planDetailsIfMissing(deps.db, id, deps.clock.now())
  },
}
