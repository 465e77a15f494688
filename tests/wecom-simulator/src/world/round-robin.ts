import { findRelation } from './find.ts'
import type { Member, World } from './model.ts'

/** Whose turn it is: the next who may take customers and does not have this one yet. */
export function nextServing(
  world: World,
  members: readonly Member[],
  turn: number,
  customer: string | undefined,
): Member | undefined {
  const serving = members.filter(({ follows, userId }) => follows && !(customer && areFriends(world, userId, customer)))
  return serving[turn % serving.length]
}

function areFriends(world: World, guide: string, customer: string): boolean {
  const state = findRelation(world, guide, customer)?.state
  return state === 'friends' || state === 'half'
}
