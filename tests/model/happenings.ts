import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { guideHas } from '@zhanggui/wecom-simulator/world/find.ts'
import fc from 'fast-check'

/** Something that happens at WeCom. The choices count modulo what there is, so that a case can be shrunk. */
export interface Happening {
  what: keyof typeof happen
  a: number
  b: number
  c: number
}

/** Guides are named so that none is the other's prefix; customers have names of their own already. */
export const GUIDES = ['LinXiao', 'ZhouMin', 'chenJie']

interface Corp {
  simulator: Simulator
  customers: readonly string[]
}

type Happen = (corp: Corp, happening: Happening) => Promise<unknown> | unknown

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)]

export function pairOf({ customers }: Corp, { a, b }: Pick<Happening, 'a' | 'b'>) {
  const [guide, customer] = [pick(GUIDES, a), pick(customers, b)]
  if (!guide || !customer) throw new Error('the model has no guides or no customers')
  return { guide, customer }
}

function stateOf(corp: Corp, happening: Happening) {
  const { guide, customer } = pairOf(corp, happening)
  return corp.simulator.world.relations.get(guide)?.get(customer)
}

const liveTags = ({ simulator }: Corp) => [...simulator.world.tags.values()].filter(({ deleted }) => !deleted)
const liveTagGroups = ({ simulator }: Corp) => [...simulator.world.tagGroups.values()].filter(({ deleted }) => !deleted)
const liveGroups = ({ simulator }: Corp) => [...simulator.world.groups.values()].filter(({ dismissed }) => !dismissed)
const strangersTo = (corp: Corp, members: ReadonlyMap<string, unknown>) =>
  [...corp.customers, ...GUIDES].filter((id) => !members.has(id))

/** Each does nothing when it cannot happen now: a customer who is a friend already cannot be added again. */
const happen = {
  add: (corp, happening) => {
    const relation = stateOf(corp, happening)
    if (relation?.state === 'friends' || relation?.state === 'half') return
    const state = happening.c % 3 === 0 ? 'poster' : undefined
    return corp.simulator.addFriend({ ...pairOf(corp, happening), state, half: happening.c % 4 === 0 })
  },
  confirm: (corp, happening) => {
    if (stateOf(corp, happening)?.state === 'half') return corp.simulator.confirmHalf(pairOf(corp, happening))
  },
  deletedByCustomer: (corp, happening) => {
    const relation = stateOf(corp, happening)
    if (relation?.state === 'friends' || relation?.state === 'half')
      return corp.simulator.deleteByCustomer(pairOf(corp, happening))
  },
  deletedByGuide: (corp, happening) => {
    if (guideHas(stateOf(corp, happening)))
      return corp.simulator.deleteByGuide(pairOf(corp, happening), { transfer: happening.c % 5 === 0 })
  },
  remark: (corp, happening) => {
    if (guideHas(stateOf(corp, happening)))
      return corp.simulator.editRemark({
        ...pairOf(corp, happening),
        remark: `备注${happening.c}`,
        description: happening.c % 2 ? '周末来' : '',
        phones: happening.c % 3 ? [] : ['13800000001'],
      })
  },
  tag: (corp, happening) => {
    const tag = pick(liveTags(corp), happening.c)
    const relation = stateOf(corp, happening)
    if (!tag || !guideHas(relation)) return
    const change = relation.tagIds.includes(tag.id) ? { remove: [tag.id] } : { add: [tag.id] }
    return corp.simulator.editTags({ ...pairOf(corp, happening), ...change })
  },

  newTagGroup: (corp, { a, b }) => {
    const name = `组${a}-${b}`
    if (liveTagGroups(corp).every((group) => group.name !== name))
      return corp.simulator.createTagGroup({ name, tags: ['甲', '乙'] })
  },
  newTag: (corp, { a, b }) => {
    const group = pick(liveTagGroups(corp), a)
    const name = `标签${b}`
    if (group && liveTags(corp).every((tag) => tag.groupId !== group.id || tag.name !== name))
      return corp.simulator.createTag({ groupId: group.id, name })
  },
  renameTag: (corp, { a, b }) => {
    const tag = pick(liveTags(corp), a)
    if (tag) return corp.simulator.renameTag({ id: tag.id, name: `改名${b}-${a}` })
  },
  renameTagGroup: (corp, { a, b }) => {
    const group = pick(liveTagGroups(corp), a)
    if (group) return corp.simulator.renameTag({ id: group.id, name: `改组${b}-${a}` })
  },
  deleteTag: (corp, { a }) => {
    const tag = pick(liveTags(corp), a)
    if (tag && liveTags(corp).length > 1) return corp.simulator.deleteTag({ id: tag.id })
  },
  deleteTagGroup: (corp, { a }) => {
    const group = pick(liveTagGroups(corp), a)
    if (group && liveTagGroups(corp).length > 1) return corp.simulator.deleteTag({ id: group.id })
  },
  shuffle: (corp, { a, b }) => {
    const group = b % 2 ? pick(liveTagGroups(corp), a) : undefined
    const order = group
      ? liveTags(corp)
          .filter(({ groupId }) => groupId === group.id)
          .map(({ id }) => id)
      : liveTagGroups(corp).map(({ id }) => id)
    return corp.simulator.shuffleTags({ ...(group && { groupId: group.id }), order: order.toReversed() })
  },

  newGroup: (corp, { a, b, c }) =>
    corp.simulator.createGroup({
      owner: GUIDES[a % GUIDES.length] ?? '',
      name: c % 4 ? `老友群${c}` : '',
      members: corp.customers.slice(b % 3, (b % 3) + (c % 3)),
    }),
  join: (corp, { a, b, c }) => {
    const group = pick(liveGroups(corp), a)
    const member = group && pick(strangersTo(corp, group.members), b)
    if (group && member)
      return corp.simulator.joinGroup({
        chatId: group.chatId,
        members: [member],
        scene: c % 2 ? 0 : 3,
        byLink: c % 3 === 0,
      })
  },
  leave: (corp, { a, b, c }) => {
    const group = pick(liveGroups(corp), a)
    const member =
      group &&
      pick(
        [...group.members.keys()].filter((id) => id !== group.owner),
        b,
      )
    if (group && member)
      return corp.simulator.leaveGroup({ chatId: group.chatId, members: [member], removed: c % 2 === 0 })
  },
  renameGroup: (corp, { a, b }) => {
    const group = pick(liveGroups(corp), a)
    if (group) return corp.simulator.renameGroup({ chatId: group.chatId, name: `新群名${b}` })
  },
  notice: (corp, { a, b }) => {
    const group = pick(liveGroups(corp), a)
    if (group) return corp.simulator.changeNotice({ chatId: group.chatId, notice: `公告${b}` })
  },
  newOwner: (corp, { a, b }) => {
    const group = pick(liveGroups(corp), a)
    const owner =
      group &&
      pick(
        GUIDES.filter((guide) => guide !== group.owner && group.members.has(guide)),
        b,
      )
    if (group && owner) return corp.simulator.changeOwner({ chatId: group.chatId, owner })
  },
  dismiss: (corp, { a }) => {
    const group = pick(liveGroups(corp), a)
    if (group) return corp.simulator.dismissGroup({ chatId: group.chatId })
  },

  renameMember: (corp, { a, b }) => {
    const guide = pick(GUIDES, a)
    if (guide) return corp.simulator.updateMember({ userId: guide, name: `导购${b}` })
  },
  moveMember: (corp, { a, b }) => {
    const guide = pick(GUIDES, a)
    if (guide) return corp.simulator.updateMember({ userId: guide, departmentIds: [2 + (b % 2)] })
  },
  moveDepartment: (corp, { a }) => corp.simulator.moveDepartment({ id: 3, parentId: 1 + (a % 2) }),
} as const satisfies Record<string, Happen>

export function letHappen(corp: Corp, happening: Happening): Promise<unknown> | unknown {
  const doIt: Happen = happen[happening.what]
  return doIt(corp, happening)
}

const number = fc.nat({ max: 11 })
const often = [
  'add',
  'add',
  'add',
  'confirm',
  'deletedByCustomer',
  'deletedByGuide',
  'remark',
  'tag',
  'tag',
  'join',
  'leave',
] as const
const names = Object.keys(happen).filter((name): name is keyof typeof happen => name in happen)

export const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...often, ...names),
  a: number,
  b: number,
  c: number,
})
