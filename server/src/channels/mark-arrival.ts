import { type JobSpec, RunLater, type Task } from '../jobs/job.ts'
import { markTags } from '../tags/mark-tags.ts'
import { mirrorTags } from '../tags/mirror-tags.ts'
import { WecomError } from '../wecom/errors.ts'
import { resolveTags } from './arrivals.repository.ts'
import { findChannel } from './channels.repository.ts'

/** The pair is no relation yet: the guide has not confirmed (doc 90313). */
const NO_RELATION = 84061
const HALF_ADD_PAUSE_MS = 5 * 60_000
const HALF_ADD_TRIES = 6

interface Arrived {
  channelId: string
  guideUserId: string
  externalUserId: string
}

/** Sets the channel's tags on a friend it brought. What is no tag (any more) is left out. */
export const markArrival: Task = {
  name: 'mark_arrival',
  lane: 'general',
  async run({ channelId, guideUserId, externalUserId }, deps) {
    const channel = await findChannel(deps.db, String(channelId))
    if (!channel || channel.tags.length === 0) return
    let add = await resolveTags(deps.db, channel.tags)
    if (add.length < channel.tags.length) {
      // Made in the console a moment ago, perhaps, or never heard of yet.
      await mirrorTags(deps)
      add = await resolveTags(deps.db, channel.tags)
    }
    if (add.length === 0) return
    const pair = { guideUserId: String(guideUserId), externalUserId: String(externalUserId) }
    try {
      await markTags(deps, pair, { add, remove: [] })
    } catch (error) {
      if (error instanceof WecomError && error.errcode === NO_RELATION)
        throw new RunLater('the guide has not confirmed the customer yet', HALF_ADD_PAUSE_MS, HALF_ADD_TRIES)
      throw error
    }
  },
}

/** Behind everything else of a new friend: the welcome has its own lane, the card comes first. */
export function markArrivalJob({ channelId, guideUserId, externalUserId }: Arrived): JobSpec {
  return {
    task: markArrival.name,
    payload: { channelId, guideUserId, externalUserId },
    key: `${markArrival.name} ${guideUserId} ${externalUserId}`,
    priority: 10,
  }
}
