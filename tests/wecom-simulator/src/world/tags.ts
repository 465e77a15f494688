import { seconds } from './add.ts'
import type { Tag, TagGroup, World } from './model.ts'
import { newId } from './random.ts'

export function findTagGroup(world: World, id: string): TagGroup | undefined {
  const group = world.tagGroups.get(id)
  return group?.deleted ? undefined : group
}

export function findTagGroupByName(world: World, name: string): TagGroup | undefined {
  for (const group of world.tagGroups.values()) if (!group.deleted && group.name === name) return group
  return undefined
}

export function listLiveTags(world: World, group: TagGroup): Tag[] {
  return group.tagIds.flatMap((id) => {
    const tag = world.tags.get(id)
    return tag && !tag.deleted ? [tag] : []
  })
}

export function addTagGroup(
  world: World,
  { name, order = 0, ownedByApp, at }: { name: string; order?: number; ownedByApp: boolean; at: Date },
): TagGroup {
  const group: TagGroup = {
    id: newId(world.random, 'et'),
    name,
    createdAt: seconds(at),
    order,
    ownedByApp,
    deleted: false,
    tagIds: [],
  }
  world.tagGroups.set(group.id, group)
  return group
}

export function addTag(
  world: World,
  group: TagGroup,
  { name, order = 0, at }: { name: string; order?: number; at: Date },
): Tag {
  const tag: Tag = {
    id: newId(world.random, 'et'),
    groupId: group.id,
    name,
    createdAt: seconds(at),
    order,
    deleted: false,
  }
  world.tags.set(tag.id, tag)
  group.tagIds.push(tag.id)
  return tag
}

/** Deleting the last tag deletes the group (doc 92117); says whether that happened. */
export function dropTag(world: World, tag: Tag): boolean {
  tag.deleted = true
  const group = world.tagGroups.get(tag.groupId)
  if (!group || listLiveTags(world, group).length > 0) return false
  group.deleted = true
  return true
}

export function dropTagGroup(world: World, group: TagGroup) {
  group.deleted = true
  for (const tag of listLiveTags(world, group)) tag.deleted = true
}
