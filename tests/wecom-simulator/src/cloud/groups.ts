import { findMember, isGone } from '../world/find.ts'
import type { Group, GroupMember, World } from '../world/model.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { pageOf } from './paging.ts'
import { findFields, findInteger, findText, getText, listTexts } from './parameters.ts'

/** doc 92120 */
const ROWS_PER_PAGE = 1000
const OWNERS_PER_FILTER = 100
const MEMBERS_WITHOUT_FILTER = 1000
const OWNER_RESIGNED = 1
const INHERITED = 3

export function listGroups({ context, body }: Call) {
  const { world } = context
  const limit = findInteger(body, 'limit')
  if (limit === undefined || limit < 1 || limit > ROWS_PER_PAGE) throw new WeComError(40058, 'limit is illegal')
  const wanted = findInteger(body, 'status_filter') ?? 0
  const owners = ownersOf(world, listTexts(findFields(body, 'owner_filter') ?? {}, 'userid_list'))
  const groups = [...world.groups.values()].filter(
    (group) =>
      !group.dismissed &&
      (owners === undefined || owners.has(group.owner.toLowerCase())) &&
      (wanted === 0 || statusOf(world, group) === wanted),
  )
  const page = pageOf(groups, findText(body, 'cursor'), limit)
  return {
    group_chat_list: page.rows.map((group) => ({ chat_id: group.chatId, status: statusOf(world, group) })),
    next_cursor: page.next,
  }
}

/** doc 92122 */
export function getGroup({ context, body }: Call) {
  const { world } = context
  const group = context.groupLag.read(getText(body, 'chat_id'))
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
      member_list: [...group.members.values()].map((member) => memberRecord(world, member, withName)),
      admin_list: group.admins.map((userid) => ({ userid })),
      member_version: group.version,
    },
  }
}

function ownersOf(world: World, userIds: string[]): Set<string> | undefined {
  if (userIds.length > OWNERS_PER_FILTER) throw new WeComError(40032, 'userid_list is too long')
  if (userIds.length > 0) return new Set(userIds.map((id) => id.toLowerCase()))
  const inRange = [...world.members.values()].filter((member) => member.follows).length
  if (inRange > MEMBERS_WITHOUT_FILTER) throw new WeComError(81017, 'request count too large, use owner_filter')
  return undefined
}

function statusOf(world: World, group: Group): number {
  if (isGone(world, group.owner)) return OWNER_RESIGNED
  return group.inherited ? INHERITED : 0
}

function memberRecord(world: World, member: GroupMember, withName: boolean) {
  const customer = world.customers.get(member.id)
  const name = customer?.name ?? findMember(world, member.id)?.name ?? ''
  return {
    userid: member.id,
    type: customer ? 2 : 1,
    ...(customer?.unionId ? { unionid: customer.unionId } : {}),
    join_time: member.joinedAt,
    join_scene: member.joinScene,
    ...(member.invitedBy ? { invitor: { userid: member.invitedBy } } : {}),
    group_nickname: '',
    ...(withName ? { name } : {}),
    ...(member.state ? { state: member.state } : {}),
  }
}
