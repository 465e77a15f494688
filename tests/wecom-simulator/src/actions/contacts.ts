import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { addMember } from '../world/add.ts'
import { findMember, getMember, SimulatorError } from '../world/find.ts'
import { avatarColor } from '../world/names.ts'
import { newId } from '../world/random.ts'
import { renameMember } from '../world/rename-member.ts'
import { tell } from './happening.ts'

/** change_contact in the reduced form of URLs configured after 2022-08-15 (doc 90970). */
export function createMember(context: Context, input: ActionInputs['createMember']): Happened {
  const { world } = context
  if (findMember(world, input.userId)) throw new SimulatorError('这个账号已经有了')
  for (const id of input.departmentIds) requireDepartment(context, id)
  addMember(world, {
    userId: input.userId,
    name: input.name,
    departmentIds: input.departmentIds,
    storeName: input.storeName ?? '',
    avatarColor: avatarColor(world.random),
    position: '',
    follows: input.follows ?? true,
    openUserId: newId(world.random, 'wo'),
  })
  return tellContacts(context, {
    ChangeType: 'create_user',
    UserID: input.userId,
    Department: input.departmentIds.join(','),
  })
}

export function updateMember(context: Context, input: ActionInputs['updateMember']): Happened {
  const { world } = context
  const member = getMember(world, input.userId)
  for (const id of input.departmentIds ?? []) requireDepartment(context, id)
  member.departmentIds = input.departmentIds ?? member.departmentIds
  const oldUserId = member.userId
  if (input.newUserId) {
    if (findMember(world, input.newUserId)) throw new SimulatorError('这个账号已经有了')
    renameMember(world, member, input.newUserId)
  }
  return tellContacts(context, {
    ChangeType: 'update_user',
    UserID: oldUserId,
    Department: member.departmentIds.join(','),
    NewUserID: input.newUserId,
  })
}

export function deleteMember(context: Context, input: ActionInputs['deleteMember']): Happened {
  const member = getMember(context.world, input.userId)
  context.world.members.delete(member.userId.toLowerCase())
  return tellContacts(context, { ChangeType: 'delete_user', UserID: member.userId })
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

function tellDepartment(context: Context, changeType: string, id: number, parentId?: number): Happened {
  return tellContacts(context, { ChangeType: changeType, Id: id, ParentId: parentId })
}

function tellContacts(context: Context, fields: Record<string, string | number | undefined>): Happened {
  context.changes.emit({ type: 'contacts' })
  return tell(context, { Event: 'change_contact', ...fields })
}
