import { createHash } from 'node:crypto'
import type { Handler } from '../callbacks/handler.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { keepArrival, keepVisit } from './arrivals.repository.ts'
import { type Channel, findChannelOfLink, findChannelOfState } from './channels.repository.ts'
import { markArrivalJob } from './mark-arrival.ts'
import { isChannelState } from './state.ts'
import { syncChannelJob } from './sync-channel.ts'

/** A friend came in by a channel: the next guide's turn, and the channel's tags. States of others are not ours. */
export const arriveByChannel: Handler<'follow.added' | 'follow.half_added'> = {
  task: 'arrive_by_channel',
  lane: 'general',
  wanted: ({ channelState }) => isChannelState(channelState),
  async handle({ data, at, receivedAt }, { db }) {
    const { guideUserId, externalUserId, channelState } = data
    const channel = isChannelState(channelState) ? await findChannelOfState(db, channelState) : undefined
    if (!channel) return
    const { channelId, kind, tags, retiredAt } = channel
    await db.transaction().execute(async (tx) => {
      await keepArrival(tx, { channelId, guideUserId, externalUserId, at: receivedAt })
      if (kind !== 'guide' && !retiredAt) await enqueue(tx, syncChannelJob(channelId))
      if (tags.length > 0 && isValidAt(channel, at))
        await enqueue(tx, markArrivalJob({ channelId, guideUserId, externalUserId }))
    })
  },
}

/** Outside its validity a code still brings friends, but nothing more. */
export function isValidAt({ validFrom, validTo }: Pick<Channel, 'validFrom' | 'validTo'>, at: Date): boolean {
  return (validFrom === null || validFrom <= at) && (validTo === null || at < validTo)
}

const visits = {
  'acquisition.profile_opened': 'opened',
  'acquisition.friend_requested': 'requested',
  'acquisition.chat_started': 'chatted',
  'acquisition.customer_wrote': 'wrote',
} as const

/** What a link brings beside friends (doc 97299): counted, nothing else. */
export const countLinkVisit: Handler<keyof typeof visits> = {
  task: 'count_link_visit',
  lane: 'general',
  async handle({ name, data, at }, { db }) {
    const channel = await findChannelOfLink(db, data.linkId)
    if (!channel) return
    // A chat_key opens the chat's details for half an hour: only its digest is kept.
    const subject = 'chatKey' in data ? sha256(data.chatKey) : 'externalUserId' in data ? data.externalUserId : ''
    await keepVisit(db, { channelId: channel.channelId, what: visits[name], at, subject })
  },
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
