import { findMember, findRelation, guideHas } from '../world/find.ts'
import type { Customer, Member, Relation, World } from '../world/model.ts'
import { WeComError } from './errors.ts'

export function requireGuide(world: World, userId: string): Member {
  const member = findMember(world, userId)
  if (!member) throw new WeComError(40003, 'invalid userid')
  if (!member.follows) throw new WeComError(84074, 'no external contact permission')
  return member
}

export function requireCustomer(world: World, externalUserId: string): Customer {
  const customer = world.customers.get(externalUserId)
  if (!customer) throw new WeComError(40096, 'invalid external userid')
  return customer
}

/** 84061 when the guide deleted the customer, has yet to confirm, or never knew them (doc 90313). */
export function requireRelation(world: World, userId: string, externalUserId: string): Relation {
  const guide = requireGuide(world, userId)
  requireCustomer(world, externalUserId)
  const relation = findRelation(world, guide.userId, externalUserId)
  if (!guideHas(relation)) throw new WeComError(84061, 'not external contact')
  return relation
}
