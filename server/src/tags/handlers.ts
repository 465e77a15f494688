import type { Handler } from '../callbacks/handler.ts'
import { mirrorTags } from './mirror-tags.ts'

/**
 * Names are never in the event, a deleted group takes its tags along without a word about each, and an empty id in a
 * shuffle means every group: so any of these events means that the list has changed, and it is one call to read.
 * However many come while one reading waits, they are that one reading.
 */
export const rereadTags: Handler<'tag.created' | 'tag.updated' | 'tag.deleted' | 'tag.shuffled'> = {
  task: 'reread_tags',
  lane: 'general',
  key: () => 'all',
  async handle(_event, deps) {
    await mirrorTags(deps)
  },
}
