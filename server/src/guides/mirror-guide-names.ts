import type { Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { listGuidesWithoutName, saveGuideName } from './guide-names.repository.ts'

const AT_ONCE = 50

/** Asks WeCom for the names of guides we know by userid only (doc 90196). */
export const mirrorGuideNames: Task = {
  name: 'mirror_guide_names',
  lane: 'general',
  async run(_payload, { db, wecom, clock }) {
    for (const userId of await listGuidesWithoutName(db, AT_ONCE)) {
      try {
        const { name } = await wecom.call('user/get', { userid: userId })
        if (name) await saveGuideName(db, userId, name, clock.now())
      } catch (error) {
        // A guide outside the app's visible range stays nameless; that must not stop the others.
        if (!(error instanceof WecomError && error.failure === 'object')) throw error
        await saveGuideName(db, userId, userId, clock.now())
      }
    }
  },
}
