import type { ReadContext } from '../context.ts'
import type { Department } from '../world/model.ts'
import type { Directory, MemberView } from './directory.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'

const ROOT = 1

/** doc 90196. Avatar, mobile, mail and address stay out: apps created after 2022-06-20 do not get them. */
export function getUser({ context, query }: Call<ReadContext>) {
  if (!query.userid) throw new WeComError(41009, 'userid missing')
  const member = context.directory.findMember(query.userid)
  if (!member?.visible) throw new WeComError(60111, 'userid not found')
  return userRecord(context.directory, member)
}

/** doc 90200: not recursive. */
export function listUsersSimply(call: Call<ReadContext>) {
  const userlist = membersOf(call).map(({ userId, name, departmentIds, openUserId }) => ({
    userid: userId,
    name,
    department: departmentIds,
    open_userid: openUserId,
  }))
  return { userlist }
}

/** doc 90201 */
export function listUsers(call: Call<ReadContext>) {
  return { userlist: membersOf(call).map((member) => userRecord(call.context.directory, member)) }
}

/** doc 90208 */
export function listDepartments(call: Call<ReadContext>) {
  return {
    department: departmentsBelow(call).map(({ id, name, parentId, order }) => ({
      id,
      name,
      name_en: '',
      department_leader: [],
      parentid: parentId,
      order,
    })),
  }
}

/** doc 95350 */
export function listDepartmentsSimply(call: Call<ReadContext>) {
  return { department_id: departmentsBelow(call).map(({ id, parentId, order }) => ({ id, parentid: parentId, order })) }
}

function membersOf({ context, query }: Call<ReadContext>): MemberView[] {
  const id = Number(query.department_id)
  if (!query.department_id || !Number.isInteger(id)) throw new WeComError(40066, 'invalid department')
  if (!context.directory.findDepartment(id)) throw new WeComError(60003, 'department not found')
  return context.directory.listMembers(id)
}

function departmentsBelow({ context, query }: Call<ReadContext>): Department[] {
  const { directory } = context
  const root = query.id === undefined || query.id === '' ? ROOT : Number(query.id)
  if (!Number.isInteger(root)) throw new WeComError(40066, 'invalid department')
  const start = directory.findDepartment(root)
  if (!start) throw new WeComError(60003, 'department not found')
  const found = [start]
  // Grows while it is walked: a breadth-first search.
  for (const each of found) found.push(...directory.listSubDepartments(each.id))
  return found.sort((a, b) => b.order - a.order || a.id - b.id)
}

function userRecord({ corpName }: Directory, member: MemberView) {
  return {
    userid: member.userId,
    name: member.name,
    department: member.departmentIds,
    order: member.departmentIds.map(() => 0),
    position: member.position,
    is_leader_in_dept: member.departmentIds.map(() => 0),
    direct_leader: [],
    main_department: member.departmentIds[0] ?? ROOT,
    alias: '',
    telephone: '',
    extattr: { attrs: [] },
    status: member.status,
    external_position: member.position,
    external_profile: { external_corp_name: corpName, external_attr: [] },
    open_userid: member.openUserId,
  }
}
