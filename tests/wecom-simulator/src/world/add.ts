import type { Customer, Member, Relation, World } from './model.ts'

export function seconds(time: string | Date): number {
  return Math.floor(new Date(time).getTime() / 1000)
}

export function addMember(world: World, member: Member) {
  world.members.set(member.userId.toLowerCase(), member)
}

export function addCustomer(world: World, customer: Customer) {
  world.customers.set(customer.externalUserId, customer)
  if (customer.phone) world.customerByPhone.set(customer.phone, customer.externalUserId)
}

export function addRelation(world: World, relation: Relation) {
  innerMap(world.relations, relation.guide).set(relation.customer, relation)
  innerMap(world.followers, relation.customer).set(relation.guide, relation)
}

function innerMap(outer: Map<string, Map<string, Relation>>, key: string): Map<string, Relation> {
  const known = outer.get(key)
  if (known) return known
  const inner = new Map<string, Relation>()
  outer.set(key, inner)
  return inner
}
