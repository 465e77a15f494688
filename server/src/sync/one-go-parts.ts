import { mirrorDirectory } from '../guides/mirror-directory.ts'
import { mirrorTags } from '../tags/mirror-tags.ts'
import type { SyncPart } from './part.ts'
import type { Tally } from './tally.ts'

/** What is read and kept in one go is one unit, with nobody in particular. */
const ONE_GO = [{ subjects: [], expectedRows: 0 }]

/** Members, departments, and who may contact customers. */
export const guidesPart: SyncPart = {
  name: 'guides',
  plan: async () => ONE_GO,
  async work({ deps, keep }) {
    const drift = await mirrorDirectory(deps)
    await keep({ cursor: null }, async () => tallyOf({ ...drift }))
  },
}

export const tagsPart: SyncPart = {
  name: 'tags',
  plan: async () => ONE_GO,
  async work({ deps, keep }) {
    const drift = await mirrorTags(deps)
    await keep({ cursor: null }, async () => tallyOf({ ...drift }))
  },
}

/** Every kind of drift says by its first word what became of the rows. */
function tallyOf(drift: Record<string, number>): Partial<Tally> {
  const sum = (kinds: RegExp) =>
    Object.entries(drift).reduce((total, [kind, count]) => total + (kinds.test(kind) ? count : 0), 0)
  return {
    added: sum(/^new/),
    changed: sum(/^(changed|renamed|moved)/),
    ended: sum(/^(left|removed|deleted)/),
    drift,
  }
}
