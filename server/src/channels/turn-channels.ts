import { enqueue } from '../jobs/enqueue.ts'
import type { Task } from '../jobs/job.ts'
import { shanghaiDay } from '../wording/days.ts'
import { forgetTroubles, listChannelsToTurn } from './channels.repository.ts'
import { syncChannelJob } from './sync-channel.ts'

const HOUR_MS = 3_600_000

/**
 * Looks over every channel that somebody else's change may have touched: a day has begun, a guide has moved, left or
 * come back. Channels that stay as they are cost no call.
 */
export const turnChannels: Task = {
  name: 'turn_channels',
  lane: 'general',
  async run(_payload, { db, clock }) {
    const now = clock.now()
    const dayBegan = shanghaiDay(now) !== shanghaiDay(new Date(now.getTime() - HOUR_MS))
    if (dayBegan) await forgetTroubles(db)
    for (const channelId of await listChannelsToTurn(db)) await enqueue(db, syncChannelJob(channelId))
  },
}
