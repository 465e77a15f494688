import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ChannelPage, ChannelRecord, ChannelReport, ChannelView, DutyRecord } from '@zhanggui/shared/channel.ts'
import { Id } from '@zhanggui/shared/text.ts'
import Type from 'typebox'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { Period, readPeriod } from '../open-api/period.ts'
import { putRecords } from '../open-api/put-records.ts'
import { type Keyed, RecordFault } from '../open-api/record-kind.ts'
import { reportChannels } from './channel-report.repository.ts'
import { listChannelViews } from './channel-views.ts'
import { type ChannelRow, upsertChannels } from './channels.repository.ts'
import { findFaultOfWish } from './check-wish.ts'
import type { DutyRow } from './duty.repository.ts'
import { changeDuty, findFaultOfDuty, toDutyRow } from './duty.ts'
import { judgeChannels } from './judge-channels.ts'
import { MINE } from './my-code.ts'
import { syncChannelJob } from './sync-channel.ts'
import { toChannelRow } from './wish.ts'

/** Channels made by other systems, who is at work, and what the channels bring. */
export const channelOpenRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db, clock } = deps
  putRecords(app, deps, {
    name: 'channels',
    schema: ChannelRecord,
    idField: 'channelId',
    prepare({ channelId, kind, retired = false, ...wish }): Keyed<ChannelRow> {
      const row = { ...toChannelRow(channelId, kind, wish), retired }
      const fault = findFaultOfWish(row)
      if (fault) throw new RecordFault('invalid_field', fault)
      if (channelId.startsWith(MINE)) throw new RecordFault('invalid_field', `/channelId must not begin with ${MINE}`)
      return { key: channelId, ...row }
    },
    async write(trx, rows) {
      const rejected = await judgeChannels(trx, rows)
      const good = rows.filter(({ key }) => !rejected.has(key))
      const changed = await upsertChannels(trx, good, clock.now())
      for (const channelId of changed) await enqueue(trx, syncChannelJob(channelId))
      return { changed, rejected }
    },
  })

  putRecords(app, deps, {
    name: 'duty',
    schema: DutyRecord,
    idField: 'userId',
    prepare(duty): Keyed<DutyRow> {
      const fault = findFaultOfDuty(duty)
      if (fault) throw new RecordFault('invalid_field', fault)
      return { key: duty.userId.toLowerCase(), ...toDutyRow(duty) }
    },
    write: async (trx, duties) => ({ changed: await changeDuty(trx, duties, clock.now()) }),
  })

  const page = {
    summary: 'Channels as they stand, by channelId; guides’ own codes among them',
    querystring: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 128 })),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
    }),
    response: { 200: ChannelPage },
  }
  app.get('/channels', { schema: page }, async ({ query: { cursor = '', limit } }) => {
    const channels = await listChannelViews(db, { after: cursor, limit: limit + 1 }, clock.now())
    const last = channels[limit - 1]
    return {
      channels: channels.slice(0, limit),
      ...(channels.length > limit && last && { nextCursor: last.channelId }),
    }
  })

  const one = {
    summary: 'A channel as it stands',
    params: Type.Object({ channelId: Id }),
    response: { 200: ChannelView },
  }
  app.get('/channels/:channelId', { schema: one }, async ({ params: { channelId } }) => {
    const [channel] = await listChannelViews(db, { channelId }, clock.now())
    if (!channel) throw new AppError('not_found', { detail: 'no such channel' })
    return channel
  })

  const report = {
    summary: 'What each channel brought, by day of Asia/Shanghai',
    querystring: Period,
    response: { 200: ChannelReport },
  }
  app.get('/reports/channels', { schema: report }, ({ query }) => reportChannels(db, readPeriod(query)))
}
