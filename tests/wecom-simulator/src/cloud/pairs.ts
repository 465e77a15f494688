import { findMember, findRelation, guideHas } from '../world/find.ts'
import type { Customer, Member, Relation, World } from '../world/model.ts'
import { WeComError } from './errors.ts'

const NOT_ACTIVATED = 4

export function requireGuide(world: World, userId: string): Member {
  return requireFollowing(findMember(world, userId))
}

export function requireFollowing<M extends { follows: boolean }>(member: M | undefined): M {
  if (!member) throw new WeComError(40003, 'invalid userid')
  if (!member.follows) throw new WeComError(84074, 'no external contact permission')
  return member
}

/** A member behind a code, a link or a handover: activated, and configured for customer contact (doc 92228). */
export function requireServing(world: World, userId: string): Member {
  const member = findMember(world, userId)
  if (!member?.visible) throw new WeComError(40003, 'invalid userid')
  if (member.status === NOT_ACTIVATED) throw new WeComError(41054, 'member is not activated')
  return requireGuide(world, userId)
}

function requireCustomer(world: World, externalUserId: string): Customer {
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
