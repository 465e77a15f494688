import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { addMember, seconds } from '../world/add.ts'
import { findMember, getMember, SimulatorError } from '../world/find.ts'
import type { Member, MemberStatus } from '../world/model.ts'
import { avatarColor } from '../world/names.ts'
import { newId } from '../world/random.ts'
import { renameMember } from '../world/rename-member.ts'
import { settle, settled } from '../world/standing.ts'
import { tell, together } from './happening.ts'

/** doc 90196 */
const LEFT = 5

/** change_contact in the reduced form of URLs configured after 2022-08-15 (doc 90970). */
export function createMember(context: Context, input: ActionInputs['createMember']): Happened {
  const { world } = context
  if (findMember(world, input.userId)) throw new SimulatorError('这个账号已经有了')
  if (world.departed.has(input.userId.toLowerCase())) throw new SimulatorError('这个账号离职了,请让他回来')
  for (const id of input.departmentIds) requireDepartment(context, id)
  const member = settled({
    userId: input.userId,
    name: input.name,
    departmentIds: input.departmentIds,
    storeName: input.storeName ?? '',
    avatarColor: avatarColor(world.random),
    position: '',
    configured: input.follows ?? true,
    visible: input.visible ?? true,
    status: input.status ?? 1,
    openUserId: newId(world.random, 'wo'),
  })
  addMember(world, member)
  return tellCreated(context, member)
}

/** Somebody who left is back, and has whom nobody took over meanwhile. */
export function returnToCorp(context: Context, input: ActionInputs['returnToCorp']): Happened {
  const { world } = context
  const key = input.userId.toLowerCase()
  const stayed = world.members.get(key)
  if (stayed?.status === LEFT) {
    const happened = changeStanding(context, { userId: input.userId, status: 1 })
    stayed.leftAt = undefined
    return happened
  }
  const gone = world.departed.get(key)
  if (!gone || stayed) throw new SimulatorError('这个成员没有离职')
  world.departed.delete(key)
  Object.assign(gone.member, { status: 1, leftAt: undefined })
  settle(gone.member)
  addMember(world, gone.member)
  return tellCreated(context, gone.member)
}

export function updateMember(context: Context, input: ActionInputs['updateMember']): Happened {
  const { world } = context
  const member = getMember(world, input.userId)
  for (const id of input.departmentIds ?? []) requireDepartment(context, id)
  const before = member.departmentIds.join(',')
  member.departmentIds = input.departmentIds ?? member.departmentIds
  member.name = input.name ?? member.name
  const oldUserId = member.userId
  if (input.newUserId) {
    if (findMember(world, input.newUserId)) throw new SimulatorError('这个账号已经有了')
    renameMember(world, member, input.newUserId)
  }
  // The reduced form says nothing of a new name (doc 90970).
  if (!input.newUserId && member.departmentIds.join(',') === before) return tellNobody(context)
  return tellContacts(context, {
    ChangeType: 'update_user',
    UserID: oldUserId,
    Department: member.departmentIds.join(','),
    NewUserID: input.newUserId,
  })
}

/** The admin deletes an account: the customers wait to be handed over. */
export function deleteMember(context: Context, input: ActionInputs['deleteMember']): Happened {
  const { world } = context
  const member = getMember(world, input.userId)
  const leftAt = member.leftAt ?? seconds(context.now())
  const wasPresent = isPresent(member)
  world.members.delete(member.userId.toLowerCase())
  world.departed.set(member.userId.toLowerCase(), { member, leftAt })
  const deleted = tellContacts(context, { ChangeType: 'delete_user', UserID: member.userId })
  return wasPresent ? together([deleted, tellApp(context, member, 'unsubscribe')]) : deleted
}

/** A member quits by themself: the account stays with status 5, and change_contact's reduced form is silent. */
export function leaveCorp(context: Context, input: ActionInputs['leaveCorp']): Happened {
  const member = getMember(context.world, input.userId)
  if (member.status === LEFT) throw new SimulatorError('这个成员已经离职')
  member.leftAt = seconds(context.now())
  return changeStanding(context, { userId: input.userId, status: LEFT })
}

/** The console's visible range, 客户联系's 使用范围 and the account's status: the app hears of coming and going. */
export function changeStanding(
  context: Context,
  input: Omit<ActionInputs['changeStanding'], 'status'> & { status?: MemberStatus },
): Happened {
  const member = getMember(context.world, input.userId)
  const wasPresent = isPresent(member)
  member.visible = input.visible ?? member.visible
  member.configured = input.configured ?? member.configured
  member.status = input.status ?? member.status
  settle(member)
  context.changes.emit({ type: 'contacts' })
  const present = isPresent(member)
  if (present === wasPresent) return tellNobody(context)
  return tellApp(context, member, present ? 'subscribe' : 'unsubscribe')
}

export function createDepartment(
  context: Context,
  input: ActionInputs['createDepartment'],
): Happened & { departmentId: number } {
  const { departments } = context.world
  requireDepartment(context, input.parentId)
  const id = Math.max(...departments.keys()) + 1
  departments.set(id, { id, name: input.name, parentId: input.parentId, order: 0 })
  return { departmentId: id, ...tellDepartment(context, 'create_party', id, input.parentId) }
}

export function moveDepartment(context: Context, input: ActionInputs['moveDepartment']): Happened {
  requireDepartment(context, input.parentId)
  requireDepartment(context, input.id).parentId = input.parentId
  return tellDepartment(context, 'update_party', input.id, input.parentId)
}

/** No event: update_party comes only with a new parent (doc 90971). */
export function renameDepartment(context: Context, input: ActionInputs['renameDepartment']): Happened {
  requireDepartment(context, input.id).name = input.name
  return tellNobody(context)
}

export function deleteDepartment(context: Context, input: ActionInputs['deleteDepartment']): Happened {
  const { departments, members } = context.world
  requireDepartment(context, input.id)
  const used = [...departments.values()].some((each) => each.parentId === input.id)
  if (used || [...members.values()].some((member) => member.departmentIds.includes(input.id))) {
    throw new SimulatorError('部门里还有成员或子部门')
  }
  departments.delete(input.id)
  return tellDepartment(context, 'delete_party', input.id)
}

function requireDepartment({ world }: Context, id: number) {
  const department = world.departments.get(id)
  if (!department) throw new SimulatorError(`没有这个部门:${id}`)
  return department
}

/** doc 90240: came into, or went out of, the app's visible range or the corp, or was disabled. */
function isPresent({ visible, status }: Member): boolean {
  return visible && (status === 1 || status === 4)
}

function tellCreated(context: Context, member: Member): Happened {
  const Department = member.departmentIds.join(',')
  const created = tellContacts(context, { ChangeType: 'create_user', UserID: member.userId, Department })
  return isPresent(member) ? together([created, tellApp(context, member, 'subscribe')]) : created
}

function tellApp(context: Context, member: Member, event: 'subscribe' | 'unsubscribe'): Happened {
  return tell(context, {
    Event: event,
    FromUserName: member.userId,
    AgentID: Number(context.agentId),
    EventKey: '',
  })
}

function tellNobody(context: Context): Happened {
  context.changes.emit({ type: 'contacts' })
  context.changed()
  return { delivered: Promise.resolve(null) }
}

function tellDepartment(context: Context, changeType: string, id: number, parentId?: number): Happened {
  return tellContacts(context, { ChangeType: changeType, Id: id, ParentId: parentId })
}

function tellContacts(context: Context, fields: Record<string, string | number | undefined>): Happened {
  context.changes.emit({ type: 'contacts' })
  return tell(context, { Event: 'change_contact', ...fields })
}
