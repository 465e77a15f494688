import type { ReadContext } from '../context.ts'
import type { Directory, GroupPerson } from './directory.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { cursorAt, readCursor } from './paging.ts'
import { findFields, findInteger, findText, getText, listTexts } from './parameters.ts'

/** doc 92120 */
const ROWS_PER_PAGE = 1000
const OWNERS_PER_FILTER = 100
const MEMBERS_WITHOUT_FILTER = 1000

export function listGroups({ context, body }: Call<ReadContext>) {
  const { directory } = context
  const limit = findInteger(body, 'limit')
  if (limit === undefined || limit < 1 || limit > ROWS_PER_PAGE) throw new WeComError(40058, 'limit is illegal')
  const status = findInteger(body, 'status_filter') ?? 0
  const owners = requireOwners(directory, listTexts(findFields(body, 'owner_filter') ?? {}, 'userid_list'))
  const [from = 0] = readCursor(findText(body, 'cursor'), 1)
  const { rows, next } = directory.listGroups({ owners, status }, from, limit)
  return {
    group_chat_list: rows.map((group) => ({ chat_id: group.chatId, status: group.status })),
    next_cursor: cursorAt(next),
  }
}

/** doc 92122 */
export function getGroup({ context, body }: Call<ReadContext>) {
  const group = context.directory.findGroup(getText(body, 'chat_id'))
  if (!group) throw new WeComError(90501, 'not a customer group')
  if (group.dismissed) throw new WeComError(49008, 'chat dismissed')
  const withName = findInteger(body, 'need_name') === 1
  return {
    group_chat: {
      chat_id: group.chatId,
      name: group.name,
      owner: group.owner,
      create_time: group.createdAt,
      notice: group.notice,
      member_list: group.members.map((member) => memberRecord(member, withName)),
      admin_list: group.admins.map((userid) => ({ userid })),
      member_version: group.version,
    },
  }
}

function requireOwners(directory: Directory, userIds: string[]): string[] | undefined {
  if (userIds.length > OWNERS_PER_FILTER) throw new WeComError(40032, 'userid_list is too long')
  if (userIds.length > 0) return userIds
  const inRange = directory.listFollowUserIds().length
  if (inRange > MEMBERS_WITHOUT_FILTER) throw new WeComError(81017, 'request count too large, use owner_filter')
  return undefined
}

function memberRecord(member: GroupPerson, withName: boolean) {
  return {
    userid: member.id,
    type: member.external ? 2 : 1,
    ...(member.unionId ? { unionid: member.unionId } : {}),
    join_time: member.joinedAt,
    join_scene: member.joinScene,
    ...(member.invitedBy ? { invitor: { userid: member.invitedBy } } : {}),
    group_nickname: '',
    ...(withName ? { name: member.name } : {}),
    ...(member.state ? { state: member.state } : {}),
  }
}
