import { findMember } from './find.ts'
import type { Member, World } from './model.ts'

/** The members a code or link leads to: those named, and those of the departments and the ones below them. */
export function listMembersBehind(world: World, users: readonly string[], departments: readonly number[]): Member[] {
  const below = departmentsBelow(world, departments)
  const inDepartments =
    below.size === 0
      ? []
      : [...world.members.values()].filter(({ departmentIds }) => departmentIds.some((id) => below.has(id)))
  return [...new Set([...users.flatMap((id) => findMember(world, id) ?? []), ...inDepartments])]
}

function departmentsBelow(world: World, departments: readonly number[]): Set<number> {
  const found = new Set(departments)
  // Grows while it is walked.
  for (const id of found) {
    for (const each of world.departments.values()) if (each.parentId === id) found.add(each.id)
  }
  return found
}
