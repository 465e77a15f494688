import type { ChannelStatus, ChannelView } from '@zhanggui/shared/channel.ts'
import type { Db } from '../db/connection.ts'
import { shanghaiDay } from '../wording/days.ts'
import { listViewRows, type ViewRow, type Which } from './channel-views.repository.ts'

/** Channels as they stand, with today's numbers. */
export async function listChannelViews(db: Db, which: Which, now: Date): Promise<ChannelView[]> {
  const rows = await listViewRows(db, which, new Date(`${shanghaiDay(now)}T00:00:00+08:00`))
  return rows.map((row) => toView(row, now))
}

function toView(row: ViewRow, now: Date): ChannelView {
  const { channelId, name, kind, source, skipVerify, tags, state, wecomId } = row
  const status = statusOf(row)
  return {
    channelId,
    name,
    kind,
    source,
    guides: row.guides.map(withoutNull),
    stores: row.stores.map(withoutNull),
    skipVerify,
    tags,
    ...(row.ruleId !== null && { ruleId: row.ruleId }),
    ...(row.validFrom && { validFrom: row.validFrom.toISOString() }),
    ...(row.validTo && { validTo: row.validTo.toISOString() }),
    ...(row.dailyCap !== null && { dailyCap: row.dailyCap }),
    status,
    ...(status === 'failed' && { failure: row.failure ?? '' }),
    ...(status === 'failed' && row.failureErrcode !== null && { failureErrcode: row.failureErrcode }),
    notes: status === 'live' ? notesOf(row, now) : [],
    state,
    ...(wecomId !== null && (kind === 'link' ? { linkId: wecomId } : { configId: wecomId })),
    ...(row.url !== null && { url: row.url }),
    next: status === 'live' ? row.next.map(withoutNull) : [],
    createdAt: row.createdAt.toISOString(),
    ...(row.retiredAt && { retiredAt: row.retiredAt.toISOString() }),
    today: { added: row.addedToday, lost: row.lostToday },
    total: row.total,
    ...(kind === 'link' && { visits: { opened: row.opened, requested: row.requested, chatted: row.chatted } }),
  }
}

function statusOf({ retiredAt, failure, wecomId }: ViewRow): ChannelStatus {
  if (retiredAt) return 'retired'
  if (failure !== null) return 'failed'
  return wecomId === null ? 'creating' : 'live'
}

function notesOf({ note, refused, validFrom, validTo, unavailableAt }: ViewRow, now: Date): string[] {
  const notes: string[] = []
  if (validFrom && now < validFrom) notes.push('还没到开始的时候,扫码能加好友,先不打标签')
  if (validTo && validTo <= now) notes.push('已经过期,扫码还能加好友,不再打标签')
  if (unavailableAt) notes.push('企业微信说链接里的导购加不了客户')
  if (note !== null) notes.push(note)
  for (const { userId, name, words } of refused) notes.push(`${name ?? userId}${words},先不分给 TA`)
  return notes
}

function withoutNull<T extends { name: string | null }>({ name, ...rest }: T): Omit<T, 'name'> & { name?: string } {
  return { ...rest, ...(name !== null && { name }) }
}
