import type { Deps } from '../deps.ts'
import { inParallel } from '../in-parallel.ts'
import { WecomError } from '../wecom/errors.ts'
import type { DepartmentDetail, Member } from '../wecom/shapes.ts'

const AT_ONCE = 8
/** More members than one answer may hold (doc 90313). */
const TOO_LARGE = 45029
/** Deleted, or out of the visible range, since the departments were listed. */
const NO_DEPARTMENT = [60003, 60011, 60123]

/** The members of these departments (doc 90201), each once though listed in several. The listing is not recursive. */
export async function listMembers(
  departments: readonly DepartmentDetail[],
  deps: Pick<Deps, 'wecom'>,
): Promise<Member[]> {
  const lists = await inParallel(AT_ONCE, departments, ({ id }) => listDepartment(String(id), deps))
  return [...new Map(lists.flat().map((member) => [member.userid.toLowerCase(), member])).values()]
}

async function listDepartment(departmentId: string, { wecom }: Pick<Deps, 'wecom'>): Promise<Member[]> {
  try {
    return (await wecom.call('user/list', { department_id: departmentId })).userlist
  } catch (error) {
    if (!(error instanceof WecomError) || error.errcode === undefined) throw error
    if (NO_DEPARTMENT.includes(error.errcode)) return []
    if (error.errcode !== TOO_LARGE) throw error
    // Names and departments alone (doc 90200); the status stays as we know it.
    return (await wecom.call('user/simplelist', { department_id: departmentId })).userlist
  }
}
