import type { Task } from '../jobs/job.ts'
import { hasUnknownTags } from './mirror-tags.repository.ts'
import { mirrorTags } from './mirror-tags.ts'

/** A tag may stand on a customer before anybody has told its name (doc 92994) or its group: then the list is read. */
export const mirrorUnknownTags: Task = {
  name: 'mirror_unknown_tags',
  lane: 'general',
  async run(_payload, deps) {
    if (await hasUnknownTags(deps.db)) await mirrorTags(deps)
  },
}
