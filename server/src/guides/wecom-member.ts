import type { Member } from '../wecom/shapes.ts'
import type { GuideStatus } from './guides.table.ts'
import { toGuideStatus } from './service.ts'

/** A member as WeCom told it. null: it did not tell. */
export interface MirroredMember {
  userId: string
  openUserId: string | null
  name: string | null
  /** Those within the visible range. */
  departmentIds: string[]
  mainDepartmentId: string | null
  status: GuideStatus | null
  /** May contact customers. */
  follows: boolean | null
}

/** `followers`: folded userids of all who may contact customers (doc 92571); undefined: not known. */
export function toMirroredMember(member: Member, followers: ReadonlySet<string> | undefined): MirroredMember {
  return {
    userId: member.userid,
    openUserId: member.open_userid || null,
    name: member.name || null,
    departmentIds: (member.department ?? []).map(String),
    mainDepartmentId: member.main_department ? String(member.main_department) : null,
    status: toGuideStatus(member.status),
    follows: followers?.has(member.userid.toLowerCase()) ?? null,
  }
}

export function foldIds(userIds: readonly string[]): Set<string> {
  return new Set(userIds.map((userId) => userId.toLowerCase()))
}
