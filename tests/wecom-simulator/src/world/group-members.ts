import type { Group, GroupMember, World } from './model.ts'
import { newId } from './random.ts'

/** Every coming and going gives the group a new member version (doc 92130). */
export function enterGroup(world: World, group: Group, ids: readonly string[], how: Omit<GroupMember, 'id'>) {
  for (const id of ids) {
    const invitedBy = how.invitedBy === id ? undefined : how.invitedBy
    group.members.set(id, { id, ...how, invitedBy })
    world.groupsOfMember.set(id, (world.groupsOfMember.get(id) ?? new Set()).add(group.chatId))
  }
  group.version = newId(world.random, '', 24)
}

export function exitGroup(world: World, group: Group, ids: readonly string[]) {
  for (const id of ids) {
    group.members.delete(id)
    world.groupsOfMember.get(id)?.delete(group.chatId)
  }
  group.version = newId(world.random, '', 24)
}
