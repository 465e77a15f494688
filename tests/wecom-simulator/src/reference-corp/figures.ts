import { setImmediate as breathe } from 'node:timers/promises'
import type { ReferenceCorp } from './corp.ts'
import { createDigest, groupMemberRecord, relationRecord } from './digest.ts'
import type { Changes } from './generations.ts'

/** The truth about one generation, counted by walking through all of it. */
export interface Figures {
  generation: number
  departments: number
  members: number
  followUsers: number
  relations: number
  /** Distinct ones with a guide. */
  customers: number
  tagGroups: number
  tags: number
  groups: number
  groupMembers: number
  /** Against the generation before. */
  changes: Changes
  relationDigest: string
  groupMemberDigest: string
}

/** Takes seconds for a large corp; others are served meanwhile. */
export async function countFigures(corp: ReferenceCorp, generation: number): Promise<Figures> {
  const { options } = corp
  const relationDigest = createDigest()
  const groupMemberDigest = createDigest()
  let relations = 0
  let groupMembers = 0
  for (const guide of corp.guides()) {
    for (const { relation } of corp.relationsOf(guide, generation)) {
      relations += 1
      relationDigest.add(relationRecord(relation))
    }
    await breathe()
  }
  for (const group of corp.groups()) {
    for (const member of group.members) {
      groupMembers += 1
      groupMemberDigest.add(groupMemberRecord({ chatId: group.chatId, ...member }))
    }
    await breathe()
  }
  return {
    generation,
    departments: options.departments,
    members: options.guides + options.otherMembers,
    followUsers: options.guides,
    relations,
    customers: await corp.countCustomers(generation),
    tagGroups: options.tagGroups,
    tags: options.tags,
    groups: options.groups,
    groupMembers,
    changes: generation === 0 ? { remark: 0, tags: 0, ended: 0, started: 0 } : corp.changes,
    relationDigest: relationDigest.value,
    groupMemberDigest: groupMemberDigest.value,
  }
}
