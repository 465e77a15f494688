import type { ChannelChange, ChannelKind, ChannelView } from '@zhanggui/shared/channel.ts'
import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { requireManager, requireOwnPeople } from './authority.ts'
import { listChannelViews } from './channel-views.ts'
import { type Channel, clearRefusal, findChannel, setRetired, upsertChannels } from './channels.repository.ts'
import { findFaultOfWish } from './check-wish.ts'
import { judgeChannels } from './judge-channels.ts'
import { MINE } from './my-code.ts'
import { syncChannelJob } from './sync-channel.ts'
import { toChannelRow } from './wish.ts'

/** A channel this viewer may change. Of others not even that they exist. */
export async function getChannel(db: Db, viewer: Viewer, channelId: string): Promise<Channel> {
  requireManager(viewer)
  const channel = await findChannel(db, channelId)
  if (!channel || channel.personal) throw new AppError('not_found', { detail: 'no such channel' })
  await requireOwnPeople(db, viewer, channel)
  return channel
}

/** Made or changed as wished; WeCom is told by a job, and the same wish again is none. */
export async function changeChannel(
  { db, clock }: Deps,
  viewer: Viewer,
  { channelId, kind, wish }: { channelId: string; kind: ChannelKind; wish: ChannelChange },
): Promise<ChannelView> {
  const row = toChannelRow(channelId, kind, wish)
  const fault = channelId.startsWith(MINE) ? '/channelId is reserved' : findFaultOfWish(row)
  if (fault) throw new AppError('validation_failed', { detail: fault })
  await requireOwnPeople(db, viewer, row)
  await db.transaction().execute(async (tx) => {
    const refused = (await judgeChannels(tx, [row])).get(channelId)
    if (refused) throw new AppError('validation_failed', { detail: refused.detail })
    const changed = await upsertChannels(tx, [row], clock.now())
    if (changed.length > 0) await enqueue(tx, syncChannelJob(channelId))
  })
  return getView(db, channelId, clock.now())
}

/** For good: the code is deleted at WeCom, whoever scans it later finds nobody. */
export async function retireChannel({ db, clock }: Deps, { channelId }: Channel): Promise<ChannelView> {
  await db.transaction().execute(async (tx) => {
    await setRetired(tx, channelId, clock.now())
    await enqueue(tx, syncChannelJob(channelId))
  })
  return getView(db, channelId, clock.now())
}

/** What WeCom refused may be put right by now. */
export async function retryChannel({ db, clock }: Deps, { channelId }: Channel): Promise<ChannelView> {
  await db.transaction().execute(async (tx) => {
    await clearRefusal(tx, channelId)
    await enqueue(tx, syncChannelJob(channelId))
  })
  return getView(db, channelId, clock.now())
}

async function getView(db: Db, channelId: string, now: Date): Promise<ChannelView> {
  const [view] = await listChannelViews(db, { channelId }, now)
  if (!view) throw new AppError('not_found', { detail: 'no such channel' })
  return view
}
