import type { GroupMember, GroupMemberPage, Standing } from '@zhanggui/shared/group.ts'
import type { Db } from '../db/connection.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { readCursor, writeCursor } from './member-cursor.ts'
import { listMembers, type MemberRow } from './member-page.repository.ts'

const PAGE = 50

export async function readMemberPage(
  db: Db,
  viewer: Viewer,
  { chatId, standing, cursor }: { chatId: string; standing: Standing; cursor?: string },
): Promise<GroupMemberPage> {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rows = await listMembers(db, viewer, { chatId, standing, ...(after && { after }), limit: PAGE })
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return { members: rows.slice(0, PAGE).map(toMember), ...(last && { nextCursor: writeCursor(last) }) }
}

function toMember({ memberId, joinedAt, scene, inviterUserId, inviterName, opens, ...rest }: MemberRow): GroupMember {
  const { name, nickname, avatar, remark, tier, role } = rest
  return {
    memberId,
    ...(name && { name }),
    ...(nickname && { nickname }),
    ...(avatar && { avatar }),
    ...(remark && { remark }),
    ...(tier && { tier }),
    joinedAt: joinedAt.toISOString(),
    scene,
    ...(inviterUserId && { inviter: { userId: inviterUserId, ...(inviterName && { name: inviterName }) } }),
    ...(role && { role }),
    opens,
  }
}
