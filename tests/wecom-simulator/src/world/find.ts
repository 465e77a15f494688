import type { Customer, Group, Member, Relation, Tag, World } from './model.ts'

/** doc 90196 */
const LEFT = 5

/** A wish the page or a test cannot have; the page shows the sentence. */
export class SimulatorError extends Error {}

export function findMember(world: World, userId: string): Member | undefined {
  return world.members.get(userId.toLowerCase())
}

/** Deleted from the contacts, or left by themself: their customers and groups may be inherited. */
export function isGone(world: World, userId: string): boolean {
  const member = findMember(world, userId)
  return member === undefined || member.status === LEFT
}

export function getMember(world: World, userId: string): Member {
  const member = findMember(world, userId)
  if (!member) throw new SimulatorError(`没有这个成员:${userId}`)
  return member
}

export function nameOf(world: World, id: string): string {
  const person = world.customers.get(id) ?? findMember(world, id) ?? world.departed.get(id.toLowerCase())?.member
  return person?.name ?? id
}

export function getCustomer(world: World, externalUserId: string): Customer {
  const customer = world.customers.get(externalUserId)
  if (!customer) throw new SimulatorError(`没有这位顾客:${externalUserId}`)
  return customer
}

export function findRelation(world: World, guide: string, customer: string): Relation | undefined {
  return world.relations.get(findMember(world, guide)?.userId ?? guide)?.get(customer)
}

export function getRelation(world: World, guide: string, customer: string): Relation {
  const relation = findRelation(world, guide, customer)
  if (!relation) throw new SimulatorError('他们还不是好友')
  return relation
}

export function getGroup(world: World, chatId: string): Group {
  const group = world.groups.get(chatId)
  if (!group || group.dismissed) throw new SimulatorError(`没有这个客户群:${chatId}`)
  return group
}

/**
 * Whether the guide still has the customer as a contact: also when the customer has deleted the guide
 * (one-way relation, doc 90313 §84061), not when the guide has yet to confirm.
 */
export function guideHas(relation: Relation | undefined): relation is Relation {
  return relation?.state === 'friends' || relation?.state === 'lost'
}

export function listCustomersOf(world: World, guide: string): Relation[] {
  return [...(world.relations.get(guide)?.values() ?? [])].filter(guideHas)
}

/** The members the app may see as followers of this customer. */
export function listFollowersOf(world: World, customer: string): Relation[] {
  const relations = [...(world.followers.get(customer)?.values() ?? [])]
  return relations.filter((relation) => guideHas(relation) && findMember(world, relation.guide)?.follows === true)
}

export function listTagsOf(world: World, relation: Relation): Tag[] {
  return relation.tagIds.flatMap((id) => {
    const tag = world.tags.get(id)
    return tag && !tag.deleted ? [tag] : []
  })
}
