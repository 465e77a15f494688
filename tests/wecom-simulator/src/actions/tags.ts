import type { EventFields } from '../callbacks/sender.ts'
import type { Context } from '../context.ts'
import type { ActionInputs } from '../control-types.ts'
import type { Happened } from '../simulator-types.ts'
import { SimulatorError } from '../world/find.ts'
import {
  addTag,
  addTagGroup,
  dropTag,
  dropTagGroup,
  findTagGroup,
  findTagGroupByName,
  listLiveTags,
} from '../world/tags.ts'
import { tell, together } from './happening.ts'

/** The console's doings: groups made here do not belong to the app, so the app may not edit them (doc 92117). */
export function createTagGroup(
  context: Context,
  input: ActionInputs['createTagGroup'],
): Happened & { groupId: string; tagIds: string[] } {
  if (input.tags.length === 0) throw new SimulatorError('标签组里至少要有一个标签')
  if (findTagGroupByName(context.world, input.name)) throw new SimulatorError('已经有这个标签组了')
  const group = addTagGroup(context.world, { name: input.name, ownedByApp: false, at: context.now() })
  const tags = input.tags.map((name) => addTag(context.world, group, { name, at: context.now() }))
  const tagIds = tags.map((tag) => tag.id)
  const created = tell(context, tagEvent('create', 'tag_group', group.id))
  const each = tagIds.map((id) => tell(context, tagEvent('create', 'tag', id)))
  return { groupId: group.id, tagIds, ...together([created, ...each]) }
}

export function createTag(context: Context, input: ActionInputs['createTag']): Happened & { tagId: string } {
  const group = findTagGroup(context.world, input.groupId)
  if (!group) throw new SimulatorError('没有这个标签组')
  if (listLiveTags(context.world, group).some(({ name }) => name === input.name)) {
    throw new SimulatorError('已经有这个标签了')
  }
  const tag = addTag(context.world, group, { name: input.name, at: context.now() })
  return { tagId: tag.id, ...tell(context, tagEvent('create', 'tag', tag.id)) }
}

export function renameTag(context: Context, input: ActionInputs['renameTag']): Happened {
  const { world } = context
  const tag = world.tags.get(input.id)
  const named = tag ?? findTagGroup(world, input.id)
  if (!named || named.deleted) throw new SimulatorError('没有这个标签')
  named.name = input.name
  return tell(context, tagEvent('update', tag ? 'tag' : 'tag_group', input.id))
}

/** Deleting a group deletes its tags without an event per tag (doc 92130). */
export function deleteTag(context: Context, input: ActionInputs['deleteTag']): Happened {
  const { world } = context
  const tag = world.tags.get(input.id)
  if (tag && !tag.deleted) {
    const emptied = dropTag(world, tag)
    const happened = tell(context, tagEvent('delete', 'tag', tag.id))
    return emptied ? together([happened, tell(context, tagEvent('delete', 'tag_group', tag.groupId))]) : happened
  }
  const group = findTagGroup(world, input.id)
  if (!group) throw new SimulatorError('没有这个标签')
  dropTagGroup(world, group)
  return tell(context, tagEvent('delete', 'tag_group', group.id))
}

export function shuffleTags(context: Context, input: ActionInputs['shuffleTags']): Happened {
  const { world } = context
  const ordered = input.groupId ? world.tags : world.tagGroups
  // Larger first (doc 92117).
  input.order.forEach((id, index) => {
    const each = ordered.get(id)
    if (each) each.order = input.order.length - index
  })
  return tell(context, { Event: 'change_external_tag', ChangeType: 'shuffle', Id: input.groupId ?? '' })
}

function tagEvent(changeType: string, tagType: 'tag' | 'tag_group', id: string): EventFields {
  return { Event: 'change_external_tag', ChangeType: changeType, Id: id, TagType: tagType }
}
