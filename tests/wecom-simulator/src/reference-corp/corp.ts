import { setImmediate as breathe } from 'node:timers/promises'
import type { Directory, Follow, GroupView } from '../cloud/directory.ts'
import { type CorpOptions, checkedOptions } from './corp-options.ts'
import { createCustomers } from './customers.ts'
import { type Changes, createGenerations } from './generations.ts'
import { createGroups } from './groups.ts'
import { createLists } from './lists.ts'
import { createMembers } from './members.ts'
import { createRelations } from './relations.ts'
import { createSharing } from './sharing.ts'
import { createTags } from './tags.ts'

/** A whole corp computed from its options: the same ones give the same corp, in any process, in no memory to speak of. */
export interface ReferenceCorp {
  options: CorpOptions
  /** Between any two generations. */
  changes: Changes
  /** What WeCom shows in that generation. */
  directory(generation: number): Directory
  /** Userids of those who may contact customers. */
  guides(): Iterable<string>
  relationsOf(guide: string, generation: number): Iterable<Follow>
  groups(): Iterable<GroupView>
  /** Distinct customers whom somebody follows. */
  countCustomers(generation: number): Promise<number>
}

const PLACES_AT_ONCE = 10_000

export function createReferenceCorp(given: Partial<CorpOptions> = {}): ReferenceCorp {
  const options = checkedOptions(given)
  const generations = createGenerations(options)
  const lists = createLists(options, generations.places)
  const sharing = createSharing(options, lists, generations.places)
  const customers = createCustomers(options.seed)
  const members = createMembers(options)
  const tags = createTags(options)
  const relations = createRelations({ options, lists, generations, sharing, customers, members, tags })
  const groups = createGroups({ options, lists, sharing, customers, members })

  /** A guide's number; members who may not contact customers have none. */
  function guideOf(userId: string): number | undefined {
    const number = members.numberOf(userId)
    return number !== undefined && number < options.guides ? number : undefined
  }

  function directory(generation: number): Directory {
    return {
      corpName: '万象百货',
      findDepartment: members.findDepartment,
      listSubDepartments: members.listSubDepartments,
      findMember(userId) {
        const number = members.numberOf(userId)
        return number === undefined ? undefined : members.member(number)
      },
      listMembers: members.listMembers,
      listFollowUserIds: () => Array.from({ length: options.guides }, (_, guide) => members.id(guide)),
      findContact(externalUserId) {
        const customer = customers.numberOf(externalUserId)
        return customer === undefined ? undefined : customers.contact(customer)
      },
      listCustomerIds(userId) {
        const guide = guideOf(userId)
        return guide === undefined ? [] : relations.listCustomerIds(guide, generation)
      },
      listFollows(userId, from, limit) {
        const guide = guideOf(userId)
        return guide === undefined ? { rows: [] } : relations.listFollows(guide, from, limit, generation)
      },
      listFollowers(externalUserId, from, limit) {
        const customer = customers.numberOf(externalUserId)
        return customer === undefined ? { rows: [] } : relations.listFollowers(customer, from, limit, generation)
      },
      listTagGroups: tags.listTagGroups,
      findTagGroup: tags.findTagGroup,
      findTag: tags.findTag,
      listGroups({ owners, status }, from, limit) {
        // Every owner is there, so every group is normal.
        if (status !== 0) return { rows: [] }
        if (!owners) return groups.listOfAll(from, limit)
        const numbers = new Set(owners.flatMap((owner) => guideOf(owner) ?? []))
        return groups.listOfOwners([...numbers], from, limit)
      },
      findGroup: groups.findGroup,
    }
  }

  return {
    options,
    changes: generations.changes,
    directory,
    *guides() {
      for (let guide = 0; guide < options.guides; guide++) yield members.id(guide)
    },
    *relationsOf(userId, generation) {
      const guide = guideOf(userId)
      if (guide === undefined) return
      for (let place = lists.startOf(guide); place < lists.endOf(guide); place++) {
        const follow = relations.follow(place, generation)
        if (follow) yield follow
      }
    },
    *groups() {
      for (let group = 0; group < options.groups; group++) yield groups.group(group)
    },
    async countCustomers(generation) {
      let count = 0
      for (let place = 0; place < generations.places; place++) {
        if (relations.isFirstOfCustomer(place, generation)) count += 1
        if (place % PLACES_AT_ONCE === 0) await breathe()
      }
      return count
    },
  }
}
