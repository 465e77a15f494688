import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ChannelChange,
  ChannelChoices,
  ChannelList,
  ChannelView,
  DutyRecord,
  MyCode,
  NewChannel,
} from '@zhanggui/shared/channel.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { viewerOf } from '../sign-in/viewer.ts'
import { requireManager, requireOwnPeople, requireShowable } from './authority.ts'
import { changeChannel, getChannel, retireChannel, retryChannel } from './change-channel.ts'
import { listChannelViews } from './channel-views.ts'
import { findChannel } from './channels.repository.ts'
import { listChoices } from './choices.repository.ts'
import { changeDuty, findFaultOfDuty, toDutyRow } from './duty.ts'
import { findMyCode, makeMyCode } from './my-code.ts'
import { getPicture } from './picture.ts'

const SHOWN = 300
const ChannelPath = Type.Object({ channelId: Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' }) })

/** 我的码 for every guide; for managers the codes of their store and who is at work, for HQ all. */
export const channelRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps

  app.get('/api/channels/mine', { schema: { response: { 200: MyCode } } }, async (request) =>
    toMyCode(await findMyCode(deps, viewerOf(request))),
  )

  app.post('/api/channels/mine', { schema: { response: { 200: MyCode } } }, async (request) =>
    toMyCode(await makeMyCode(deps, viewerOf(request))),
  )

  app.get('/api/channels', { schema: { response: { 200: ChannelList } } }, async (request) => {
    const manager = requireManager(viewerOf(request))
    return { channels: await listChannelViews(db, { manager, limit: SHOWN }, clock.now()) }
  })

  app.get('/api/channels/choices', { schema: { response: { 200: ChannelChoices } } }, async (request) =>
    listChoices(db, requireManager(viewerOf(request)).storeId),
  )

  app.post('/api/channels', { schema: { body: NewChannel, response: { 200: ChannelView } } }, async (request) => {
    const { channelId, kind, ...wish } = request.body
    return changeChannel(deps, viewerOf(request), { channelId, kind, wish })
  })

  app.post(
    '/api/channels/:channelId',
    { schema: { params: ChannelPath, body: ChannelChange, response: { 200: ChannelView } } },
    async (request) => {
      const viewer = viewerOf(request)
      const { channelId, kind } = await getChannel(db, viewer, request.params.channelId)
      return changeChannel(deps, viewer, { channelId, kind, wish: request.body })
    },
  )

  app.post(
    '/api/channels/:channelId/retire',
    { schema: { params: ChannelPath, response: { 200: ChannelView } } },
    async (request) => retireChannel(deps, await getChannel(db, viewerOf(request), request.params.channelId)),
  )

  /** After WeCom's refusal, when what it said was wrong has been put right. */
  app.post(
    '/api/channels/:channelId/retry',
    { schema: { params: ChannelPath, response: { 200: ChannelView } } },
    async (request) => retryChannel(deps, await getChannel(db, viewerOf(request), request.params.channelId)),
  )

  app.get('/api/channels/:channelId/qr.png', { schema: { params: ChannelPath } }, async (request, reply) => {
    const channel = await findChannel(db, request.params.channelId)
    if (!channel) throw new AppError('not_found', { detail: 'no such channel' })
    await requireShowable(db, viewerOf(request), channel)
    const png = await getPicture(channel, deps)
    return reply.type('image/png').header('cache-control', 'private, max-age=3600').send(png)
  })

  app.post('/api/duty', { schema: { body: DutyRecord, response: { 204: Type.Null() } } }, async (request, reply) => {
    const { userId } = request.body
    await requireOwnPeople(db, viewerOf(request), { guideIds: [userId], storeIds: [] })
    const fault = findFaultOfDuty(request.body)
    if (fault) throw new AppError('validation_failed', { detail: fault })
    await db.transaction().execute((tx) => changeDuty(tx, [toDutyRow(request.body)], clock.now()))
    return reply.code(204).send(null)
  })
}

function toMyCode(channel: ChannelView | undefined): MyCode {
  return channel ? { channel } : {}
}
