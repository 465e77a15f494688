import type { ChannelChange, ChannelView } from '@zhanggui/shared/channel.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { listChannelViews } from './channel-views.ts'
import { clearRefusal, upsertChannels } from './channels.repository.ts'
import { syncChannelJob } from './sync-channel.ts'
import { toChannelRow } from './wish.ts'

/** Ids of guides' own codes begin so; nobody else's may. */
export const MINE = 'mine:'

export function myChannelId({ userId }: Pick<Viewer, 'userId'>): string {
  return `${MINE}${userId.toLowerCase()}`
}

export async function findMyCode({ db, clock }: Deps, viewer: Viewer): Promise<ChannelView | undefined> {
  const [channel] = await listChannelViews(db, { channelId: myChannelId(viewer) }, clock.now())
  return channel
}

/** Made when first asked for: a corp's 500 000 codes are not spent on guides who never show one. Asking again retries. */
export async function makeMyCode(deps: Deps, viewer: Viewer): Promise<ChannelView | undefined> {
  const { db, clock } = deps
  const channelId = myChannelId(viewer)
  const name = viewer.name ? `${viewer.name}的码` : '我的码'
  const wish: ChannelChange = { name, source: 'guide', guideIds: [viewer.userId] }
  await db.transaction().execute(async (tx) => {
    await upsertChannels(tx, [{ ...toChannelRow(channelId, 'guide', wish), personal: true }], clock.now())
    await clearRefusal(tx, channelId)
    await enqueue(tx, syncChannelJob(channelId))
  })
  return findMyCode(deps, viewer)
}
