import type { GroupLine, GroupPerson, GroupView, Stretch } from '../cloud/directory.ts'
import { nextRandom, type Random } from '../world/random.ts'
import type { CorpOptions } from './corp-options.ts'
import type { Customers } from './customers.ts'
import { draw, drawsFor, SALT } from './draw.ts'
import { createIds } from './ids.ts'
import { type Lists, lastNotAbove } from './lists.ts'
import type { Members } from './members.ts'
import type { Sharing } from './sharing.ts'

export interface Groups {
  findGroup(chatId: string): GroupView | undefined
  group(group: number): GroupView
  listOfAll(from: number, limit: number): Stretch<GroupLine>
  /** Owners by number. */
  listOfOwners(owners: number[], from: number, limit: number): Stretch<GroupLine>
}

interface Parts {
  options: CorpOptions
  lists: Lists
  sharing: Sharing
  customers: Customers
  members: Members
}

const NORMAL = 0
const SMALLEST = 3
const COLLEAGUES = 2
/** Of the customers in a group: the owner's, a colleague's; the others nobody has befriended. */
const OWN_SHARE = 0.6
const COLLEAGUES_SHARE = 0.2
/** 2025-06-01 in China. */
const CREATED_FROM = 1_748_707_200
const YEAR_S = 365 * 86_400

/** A guide's groups follow one another, so a number per guide says whose they are. */
export function createGroups({ options, lists, sharing, customers, members }: Parts): Groups {
  const { seed, guides } = options
  const chatIds = createIds('wr', seed, SALT.group)
  const starts = groupStarts(options)
  const startOf = (guide: number) => starts[guide] ?? options.groups
  const line = (group: number): GroupLine => ({ chatId: chatIds.write(group), status: NORMAL })

  function group(number: number): GroupView {
    const owner = lastNotAbove(starts, number)
    const random = drawsFor(seed, SALT.group, number)
    const createdAt = CREATED_FROM + Math.floor(nextRandom(random) * YEAR_S)
    const size = number === 0 ? options.largestGroup : sizeOf(options, random)
    const colleagues = colleaguesOf(owner)
    return {
      chatId: chatIds.write(number),
      name: number % 50 === 49 ? '' : `福利群 ${number + 1}`,
      owner: members.id(owner),
      notice: number % 3 === 0 ? '每周三会员日' : '',
      createdAt,
      admins: colleagues.slice(0, 1).map(members.id),
      version: draw(seed, SALT.groupVersion, number).toString(16),
      dismissed: false,
      members: [...staff([owner, ...colleagues], createdAt), ...guests(number, owner, size, createdAt, random)],
    }
  }

  function colleaguesOf(owner: number): number[] {
    const found = Array.from({ length: COLLEAGUES }, (_, index) => (owner + index + 1) % guides)
    return [...new Set(found)].filter((guide) => guide !== owner)
  }

  function staff(guidesIn: number[], createdAt: number): GroupPerson[] {
    return guidesIn.map((guide) => ({
      id: members.id(guide),
      name: members.member(guide).name,
      external: false,
      joinedAt: createdAt,
      joinScene: 1,
    }))
  }

  function guests(number: number, owner: number, size: number, createdAt: number, random: Random): GroupPerson[] {
    const colleagues = colleaguesOf(owner)
    const wanted = Math.max(0, size - 1 - colleagues.length)
    const found = new Set<number>()
    addCustomers(found, owner, Math.floor(wanted * OWN_SHARE), random)
    addCustomers(found, colleagues[0] ?? owner, Math.floor(wanted * COLLEAGUES_SHARE), random)
    const strangers = sharing.crowd + 1 + number * options.largestGroup
    for (let index = 0; found.size < wanted; index++) found.add(strangers + index)
    const inviter = members.id(owner)
    return [...found].map((customer) => {
      const { externalUserId, name, unionId } = customers.contact(customer)
      const invited = nextRandom(random) < 0.5
      return {
        id: externalUserId,
        name,
        external: true,
        unionId,
        joinedAt: createdAt + Math.floor(nextRandom(random) * YEAR_S),
        ...(invited ? { joinScene: 1, invitedBy: inviter } : { joinScene: 3, state: `group${number}` }),
      }
    })
  }

  /** Neighbours in a guide's list, from anywhere in it. */
  function addCustomers(found: Set<number>, guide: number, count: number, random: Random) {
    const start = lists.startOf(guide)
    const length = lists.endOf(guide) - start
    const offset = Math.floor(nextRandom(random) * length)
    for (let index = 0; index < Math.min(count, length); index++) {
      found.add(sharing.customerAt(start + ((offset + index) % length)))
    }
  }

  return {
    group,
    findGroup(chatId) {
      const number = chatIds.read(chatId)
      return number !== undefined && number < options.groups ? group(number) : undefined
    },
    listOfAll(from, limit) {
      const end = Math.min(options.groups, from + limit)
      const rows = Array.from({ length: Math.max(0, end - from) }, (_, index) => line(from + index))
      return { rows, next: end < options.groups ? end : undefined }
    },
    listOfOwners(owners, from, limit) {
      const rows: GroupLine[] = []
      let passed = 0
      for (const owner of owners) {
        const count = startOf(owner + 1) - startOf(owner)
        for (let index = Math.max(0, from - passed); index < count; index++) {
          if (rows.length === limit) return { rows, next: passed + index }
          rows.push(line(startOf(owner) + index))
        }
        passed += count
      }
      return { rows }
    },
  }
}

/** Many small ones, few large ones. */
function sizeOf({ largestGroup }: CorpOptions, random: Random): number {
  const part = nextRandom(random) ** 1.5
  return Math.min(largestGroup, SMALLEST + Math.floor(part * Math.max(0, largestGroup - SMALLEST)))
}

function groupStarts({ seed, guides, groups }: CorpOptions): Uint32Array {
  const starts = new Uint32Array(guides + 1)
  for (let group = 0; group < groups; group++) {
    const after = (draw(seed, SALT.groupOwner, group) % guides) + 1
    starts[after] = (starts[after] ?? 0) + 1
  }
  for (let guide = 1; guide <= guides; guide++) starts[guide] = (starts[guide] ?? 0) + (starts[guide - 1] ?? 0)
  return starts
}
