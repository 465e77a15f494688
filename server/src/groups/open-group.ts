import type { OpenGroup } from '@zhanggui/shared/group.ts'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { findGroup, listAdmins, listPastStays, listStays } from './open-group.repository.ts'
import { statusWord } from './vocabulary.ts'

/** A group for other systems; `not_found` for one WeCom has told nothing of. */
export async function getOpenGroup(db: Db, chatId: string, withHistory: boolean): Promise<OpenGroup> {
  const [group, admins, stays, past] = await Promise.all([
    findGroup(db, chatId),
    listAdmins(db, chatId),
    listStays(db, chatId),
    withHistory ? listPastStays(db, chatId) : undefined,
  ])
  if (!group || (group.mirroredAt === null && group.endedAt === null))
    throw new AppError('not_found', { detail: 'no such group' })
  return {
    chatId,
    ...(group.name && { name: group.name }),
    ...(group.ownerUserId !== null && { owner: { userId: group.ownerUserId } }),
    admins,
    ...(group.notice && { notice: group.notice }),
    status: statusWord(group.status),
    ...(group.startedAt && { startedAt: group.startedAt.toISOString() }),
    ...(group.endedAt && { endedAt: group.endedAt.toISOString() }),
    ...(group.endedHow && { endedHow: group.endedHow }),
    ...(group.memberVersion && { memberVersion: group.memberVersion }),
    members: stays.map(toStay),
    ...(past && { history: past.flatMap(toPastStay) }),
    ...(group.mirroredAt && { mirroredAt: group.mirroredAt.toISOString() }),
  }
}

type Stay = Awaited<ReturnType<typeof listStays>>[number]

function toStay(stay: Stay): OpenGroup['members'][number] {
  return {
    ...(stay.kind === 'guide' ? { userId: stay.memberId } : { externalUserId: stay.memberId }),
    ...(stay.name && { name: stay.name }),
    ...(stay.nickname && { nickname: stay.nickname }),
    ...(stay.unionId && { unionId: stay.unionId }),
    joinedAt: stay.joinedAt.toISOString(),
    scene: stay.joinScene,
    ...(stay.invitedBy && { inviter: { userId: stay.invitedBy } }),
    ...(stay.channelState && { channel: stay.channelState }),
  }
}

function toPastStay(stay: Stay): NonNullable<OpenGroup['history']> {
  if (!stay.leftAt || !stay.leftHow) return []
  return [{ ...toStay(stay), leftAt: stay.leftAt.toISOString(), leftHow: stay.leftHow }]
}
