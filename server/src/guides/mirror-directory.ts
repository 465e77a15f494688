import type { Deps } from '../deps.ts'
import { inParallel } from '../in-parallel.ts'
import { type DepartmentDrift, dropOtherDepartments, saveDepartments } from './departments.repository.ts'
import { type MemberDrift, markGone, saveMembers } from './directory.repository.ts'
import { followRenames } from './follow-renames.ts'
import { listVisibleGuides } from './guides.repository.ts'
import { listMembers } from './list-members.ts'
import { readMember } from './mirror-members.ts'
import { lockDirectory, placeGuides } from './place-guides.repository.ts'
import { addAliases, findRenamedMembers, moveGuides } from './renames.repository.ts'
import { foldIds, toMirroredMember } from './wecom-member.ts'

const AT_ONCE = 8

/** How far the mirror was from WeCom's contacts. */
export interface DirectoryDrift extends MemberDrift, DepartmentDrift {
  renamedGuides: number
  /** Whose store is another now. */
  movedGuides: number
}

/**
 * Mirrors the departments and members within the app's visible range, and who of them may contact customers: one call
 * for each department and two more. A known guide who is listed nowhere is asked for by name, because members can be
 * visible without their department, or move between two answers; only whom WeCom then denies has left. Nothing is
 * written before everything is read, so that a run that fails half way marks nobody. Throws WecomError.
 */
export async function mirrorDirectory(deps: Deps): Promise<DirectoryDrift> {
  const { db, wecom, clock } = deps
  const heardAt = clock.now()
  const [{ department: departments }, { follow_user: followUsers }] = await Promise.all([
    wecom.call('department/list', {}),
    wecom.call('externalcontact/get_follow_user_list', {}),
  ])
  const listed = await listMembers(departments, deps)

  const listedIds = foldIds(listed.map(({ userid }) => userid))
  const known = [...followUsers, ...(await listVisibleGuides(db))].map(
    (userId) => [userId.toLowerCase(), userId] as const,
  )
  const asked = [...new Map(known.filter(([folded]) => !listedIds.has(folded))).values()]
  const answers = await inParallel(AT_ONCE, asked, (userId) => readMember(userId, deps))
  const gone = asked.filter((_, index) => answers[index] === 'gone')
  const followers = foldIds(followUsers)
  const members = [...listed, ...answers.filter((answer) => typeof answer === 'object')].map((member) =>
    toMirroredMember(member, followers),
  )

  const drift = await db.transaction().execute(async (trx) => {
    await lockDirectory(trx)
    const renames = await findRenamedMembers(trx, members)
    await addAliases(trx, renames, heardAt)
    await moveGuides(trx)
    const departmentDrift = await saveDepartments(trx, departments, heardAt)
    const removedDepartments = await dropOtherDepartments(trx, departments, heardAt)
    const memberDrift = await saveMembers(trx, members, heardAt)
    const leftGuides = memberDrift.leftGuides + (await markGone(trx, gone, heardAt))
    const movedGuides = await placeGuides(trx, heardAt)
    return {
      ...departmentDrift,
      removedDepartments,
      ...memberDrift,
      leftGuides,
      movedGuides,
      renamedGuides: renames.length,
    }
  })
  await followRenames(deps)
  return drift
}
