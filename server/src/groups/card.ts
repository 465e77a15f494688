import type { GroupCard } from '@zhanggui/shared/group.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { groupSales } from '../orders/group-sales.repository.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { countMovements, countStandings, customerStays, findGroupWithOwner } from './card.repository.ts'
import { statusWord } from './vocabulary.ts'

/** All the 群 tab shows above its list. Whether the viewer may see it was asked before. */
export async function readGroupCard(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  viewer: Viewer,
  chatId: string,
): Promise<GroupCard> {
  const [group, { size, ...counts }, moved, sales] = await Promise.all([
    findGroupWithOwner(db, chatId),
    countStandings(db, chatId, viewer.userId),
    countMovements(db, chatId, clock.now()),
    groupSales(db, customerStays(chatId)),
  ])
  if (!group) throw new AppError('group_not_visible')
  return {
    chatId,
    ...(group.name && { name: group.name }),
    ...(group.ownerUserId !== null && {
      owner: {
        userId: group.ownerUserId,
        ...(group.ownerName && { name: group.ownerName }),
        isMe: group.ownerUserId.toLowerCase() === viewer.userId.toLowerCase(),
      },
    }),
    status: statusWord(group.status),
    ...(group.notice && { notice: group.notice }),
    ...(group.startedAt && { startedAt: group.startedAt.toISOString() }),
    ...(group.endedAt && { endedAt: group.endedAt.toISOString() }),
    ...(group.endedHow && { endedHow: group.endedHow }),
    size,
    counts,
    today: { joined: moved.joinedToday, left: moved.leftToday },
    week: { joined: moved.joinedThisWeek, left: moved.leftThisWeek },
    sales,
    ...(group.mirroredAt && { mirroredAt: group.mirroredAt.toISOString() }),
  }
}
