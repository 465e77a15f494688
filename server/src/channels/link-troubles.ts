import { raiseAlert } from '../alerts/raise-alert.ts'
import type { Handler } from '../callbacks/handler.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { findChannelOfLink, saveChannel } from './channels.repository.ts'
import { CANNOT_ADD, GONE } from './refusal-words.ts'
import { syncChannelJob } from './sync-channel.ts'

/** None of a link's members can take customers for now (doc 97299): HQ hears of it, and others stand in until the day turns. */
export const linkUnavailable: Handler<'acquisition.link_unavailable'> = {
  task: 'link_unavailable',
  lane: 'general',
  async handle({ data: { linkId }, at }, deps) {
    const channel = await findChannelOfLink(deps.db, linkId)
    if (!channel || channel.retiredAt) return
    const { channelId, name, told, troubles } = channel
    const unable = (told?.userIds ?? []).map((userId) => [userId, CANNOT_ADD])
    await saveChannel(deps.db, channelId, {
      unavailableAt: at,
      troubles: { ...troubles, ...Object.fromEntries(unable) },
    })
    await enqueue(deps.db, syncChannelJob(channelId))
    await raiseAlert(deps, {
      kind: 'acquisition_link_unavailable',
      subject: channelId,
      detail: `获客链接“${name}”里的导购现在都加不了客户。`,
      at,
    })
  },
}

/** Deleted in the console, not by us (doc 97299): what was printed leads nowhere now. */
export const linkDeleted: Handler<'acquisition.link_deleted'> = {
  task: 'link_deleted',
  lane: 'general',
  async handle({ data: { linkId }, at }, deps) {
    const channel = await findChannelOfLink(deps.db, linkId)
    if (!channel || channel.retiredAt) return
    const { channelId, name } = channel
    await saveChannel(deps.db, channelId, { failure: GONE, failureErrcode: null, removedAt: at })
    await raiseAlert(deps, {
      kind: 'acquisition_link_deleted',
      subject: channelId,
      detail: `获客链接“${name}”在管理后台被删了,印出去的码扫不了了。`,
      at,
    })
  },
}
