import type { Handler } from '../callbacks/handler.ts'
import { RunLater } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { recordFollowChange } from './customers.repository.ts'
import { mirrorCustomer } from './mirror-customer.ts'

/** No relation of this pair, or not yet: a customer who added a guide without verification (doc 90313). */
const NO_RELATION = 84061
const HALF_ADD_PAUSE_MS = 5 * 60_000
const HALF_ADD_TRIES = 6

export const startFollow: Handler<'follow.added' | 'follow.half_added'> = {
  task: 'start_follow',
  lane: 'general',
  async handle({ name, data, at }, deps) {
    const { guideUserId, externalUserId, channelState } = data
    await recordFollowChange(
      deps.db,
      { guideUserId, externalUserId, what: 'started', at, ...(channelState === undefined ? {} : { channelState }) },
      deps.clock.now(),
    )
    try {
      await mirrorCustomer(externalUserId, deps)
    } catch (error) {
      const notYet = name === 'follow.half_added' && error instanceof WecomError && error.errcode === NO_RELATION
      if (notYet) throw new RunLater('the guide has not confirmed the customer yet', HALF_ADD_PAUSE_MS, HALF_ADD_TRIES)
      throw error
    }
  },
}

export const mirrorEditedCustomer: Handler<'follow.edited'> = {
  task: 'mirror_customer',
  lane: 'general',
  key: ({ externalUserId }) => externalUserId,
  handle: ({ data }, deps) => mirrorCustomer(data.externalUserId, deps),
}

export const endFollow: Handler<'follow.ended_by_guide' | 'follow.ended_by_customer'> = {
  task: 'end_follow',
  lane: 'general',
  async handle({ name, data, at }, { db, clock }) {
    const byGuide = 'transferred' in data && data.transferred ? 'transfer' : 'guide'
    const endedBy = name === 'follow.ended_by_customer' ? 'customer' : byGuide
    const { guideUserId, externalUserId } = data
    await recordFollowChange(db, { guideUserId, externalUserId, what: 'ended', at, endedBy }, clock.now())
  },
}
