import type { MemberView } from '../cloud/directory.ts'
import type { Department } from '../world/model.ts'
import { newPerson } from '../world/names.ts'
import type { CorpOptions } from './corp-options.ts'
import { drawsFor, SALT } from './draw.ts'
import { createIds } from './ids.ts'

/** Members by number: first the guides, then those who may not contact customers. */
export interface Members {
  count: number
  id(member: number): string
  numberOf(userId: string): number | undefined
  member(member: number): MemberView
  listMembers(departmentId: number): MemberView[]
  findDepartment(id: number): Department | undefined
  listSubDepartments(id: number): Department[]
}

const ROOT = 1
/** A few userids are not all small letters and digits: who compares with care for case loses them. */
const UPPER_CASE_AT = 7
const DOTTED_AT = 23
const USER_ID_PATTERN_LENGTH = 50
/** Every such guide also belongs to the department above the store. */
const ALSO_ABOVE_EVERY = 40

/** Departments are a tree filled level by level, numbered from 1; its leaves are stores, where the guides work. */
export function createMembers({ seed, guides, otherMembers, departments }: CorpOptions): Members {
  const openUserIds = createIds('wo', seed, SALT.openUserId)
  const count = guides + otherMembers
  // Three levels below the root.
  const width = Math.max(1, Math.ceil(Math.cbrt(departments)))
  const firstBelow = (id: number) => (id - 1) * width + 2
  const parentOf = (id: number) => (id === ROOT ? 0 : Math.floor((id - 2) / width) + 1)
  /** Departments with others below them. */
  const inner = departments > 1 ? parentOf(departments) : 0
  const stores = departments - inner
  const storeOf = (guide: number) => inner + 1 + (guide % stores)
  const alsoAbove = (guide: number) => guide % ALSO_ABOVE_EVERY === 0 && departments > 1

  function departmentsOf(member: number): number[] {
    if (member >= guides) return [1 + ((member - guides) % Math.max(1, inner))]
    const store = storeOf(member)
    return alsoAbove(member) ? [store, parentOf(store)] : [store]
  }

  function department(id: number): Department {
    return { id, name: departmentName(id, id > inner), parentId: parentOf(id), order: departments - id }
  }

  function member(number: number): MemberView {
    return {
      userId: userIdOf(number),
      name: newPerson(drawsFor(seed, SALT.member, number)).name,
      departmentIds: departmentsOf(number),
      position: number < guides ? '导购' : '店长',
      status: 1,
      visible: true,
      follows: number < guides,
      openUserId: openUserIds.write(number),
    }
  }

  const guidesOf = (store: number) => numbers(store - inner - 1, guides, stores)
  const findDepartment = (id: number) => (id >= ROOT && id <= departments ? department(id) : undefined)
  const idsBelow = (id: number) => numbers(firstBelow(id), Math.min(firstBelow(id) + width, departments + 1), 1)

  return {
    count,
    id: userIdOf,
    member,
    findDepartment,
    listSubDepartments: (id) => idsBelow(id).map(department),
    listMembers(id) {
      const others = id <= Math.max(1, inner) ? numbers(guides + id - 1, count, Math.max(1, inner)) : []
      const own = id > inner ? guidesOf(id) : idsBelow(id).flatMap((below) => (below > inner ? guidesOf(below) : []))
      return [...(id > inner ? own : own.filter(alsoAbove)), ...others].map(member)
    },
    numberOf(userId) {
      const digits = /^g(\d{4,9})(?:\.li)?$/.exec(userId.toLowerCase())?.[1]
      const number = Number(digits) - 1
      return number >= 0 && number < count && userIdOf(number).toLowerCase() === userId.toLowerCase()
        ? number
        : undefined
    },
  }
}

function userIdOf(member: number): string {
  const digits = String(member + 1).padStart(4, '0')
  const at = member % USER_ID_PATTERN_LENGTH
  if (at === UPPER_CASE_AT) return `G${digits}`
  return at === DOTTED_AT ? `g${digits}.Li` : `g${digits}`
}

function departmentName(id: number, isStore: boolean): string {
  if (id === ROOT && !isStore) return '总部'
  return isStore ? `${id} 号店` : `${id} 区`
}

function numbers(from: number, end: number, step: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((end - from) / step)) }, (_, index) => from + index * step)
}
