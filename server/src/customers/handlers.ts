import type { Handler } from '../callbacks/handler.ts'
import { RunLater } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { type FollowChange, keepCustomerNews } from './customers.repository.ts'
import { mirrorCustomer } from './mirror-customer.ts'

/** No relation of this pair, or not yet: a customer who added a guide without verification (doc 90313). */
const NO_RELATION = 84061
const HALF_ADD_PAUSE_MS = 5 * 60_000
const HALF_ADD_TRIES = 6

export const startFollow: Handler<'follow.added' | 'follow.half_added'> = {
  task: 'start_follow',
  lane: 'general',
  async handle({ name, data, at, receivedAt }, deps) {
    const { guideUserId, externalUserId, channelState } = data
    const change: FollowChange = { guideUserId, what: 'started', at, channelState }
    try {
      // The welcome has just asked the same; what it heard since this callback came is fresh enough.
      await mirrorCustomer(externalUserId, deps, { change, freshSince: receivedAt })
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      await keepCustomerNews(deps.db, { externalUserId, change, heardAt: deps.clock.now() })
      if (name === 'follow.half_added' && error.errcode === NO_RELATION)
        throw new RunLater('the guide has not confirmed the customer yet', HALF_ADD_PAUSE_MS, HALF_ADD_TRIES)
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
    await keepCustomerNews(db, {
      externalUserId,
      change: { guideUserId, what: 'ended', at, endedBy },
      heardAt: clock.now(),
    })
  },
}
