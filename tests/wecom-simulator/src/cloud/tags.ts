import type { ReadContext } from '../context.ts'
import type { Tag, TagGroup, World } from '../world/model.ts'
import { addTag, addTagGroup, dropTag, dropTagGroup, findTagGroupByName, listLiveTags } from '../world/tags.ts'
import type { TagGroupView, TagView } from './directory.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { requireRelation } from './pairs.ts'
import { type Fields, findInteger, findText, getText, listFields, listTexts, requireCharacters } from './parameters.ts'

/** doc 92117 */
const NAME_CHARACTERS = 30
const LARGEST_ORDER = 2 ** 32
/** doc 92118 */
const TAGS_PER_CALL = 1000

/** doc 92117: with both lists tag_id is ignored; what was deleted shows only when asked for by id. */
export function listCorpTags({ context, body }: Call<ReadContext>) {
  const { directory } = context
  const groupIds = listTexts(body, 'group_id')
  const tagIds = listTexts(body, 'tag_id')
  if (groupIds.length > 0) {
    const groups = groupIds.map((id) => requireTag(directory.findTagGroup(id)))
    return { tag_group: groups.map((group) => groupRecord(group, group.tags, 'tag')) }
  }
  if (tagIds.length > 0) {
    const wanted = new Set(tagIds)
    const groupIdsOfTags = new Set(tagIds.map((id) => requireTag(directory.findTag(id)).groupId))
    const groups = [...groupIdsOfTags].map((id) => requireTag(directory.findTagGroup(id)))
    const within = (group: TagGroupView) => group.tags.filter((tag) => wanted.has(tag.id))
    return { tag_group: groups.map((group) => groupRecord(group, within(group), 'both')) }
  }
  return { tag_group: directory.listTagGroups().map((group) => groupRecord(group, group.tags, 'none')) }
}

export function addCorpTags({ context, body, now }: Call) {
  const { world } = context
  const wanted = new Map(listFields(body, 'tag').map((tag) => [getText(tag, 'name'), readOrder(tag)]))
  if (wanted.size === 0) throw new WeComError(40063, 'tag is missing')
  for (const name of wanted.keys()) requireName(name)
  const known = findOrCheckGroup(world, body)
  const taken = new Set(known ? listLiveTags(world, known).map((tag) => tag.name) : [])
  for (const name of wanted.keys()) if (taken.has(name)) throw new WeComError(40071, 'tag name already exists')
  const live = [...world.tags.values()].filter((tag) => !tag.deleted).length
  if (live + wanted.size > context.limits.corpTags) throw new WeComError(40126, 'too many corp tags')
  const group =
    known ??
    addTagGroup(world, { name: getText(body, 'group_name'), order: readOrder(body), ownedByApp: true, at: now })
  const added = [...wanted].map(([name, order]) => addTag(world, group, { name, order, at: now }))
  return { tag_group: groupRecord(group, added, 'none') }
}

export function editCorpTag({ context, body }: Call) {
  const { world } = context
  const id = getText(body, 'id')
  const name = findText(body, 'name')
  const tag = world.tags.get(id)
  const group = getGroup(world, tag?.groupId ?? id)
  const edited = tag ?? group
  if (edited.deleted) throw new WeComError(40068, 'invalid tagid')
  requireOwn(group)
  if (name !== undefined) {
    requireName(name)
    const other = tag ? listLiveTags(world, group).find((each) => each.name === name) : findTagGroupByName(world, name)
    if (other && other.id !== id) throw new WeComError(40071, 'tag name already exists')
  }
  const order = body.order === undefined ? edited.order : readOrder(body)
  edited.name = name ?? edited.name
  edited.order = order
  return {}
}

export function deleteCorpTags({ context, body }: Call) {
  const { world } = context
  const groups = listTexts(body, 'group_id').map((id) => getGroup(world, id))
  const tags = listTexts(body, 'tag_id').map((id) => getTag(world, id))
  if (groups.length + tags.length === 0) throw new WeComError(40063, 'tag_id and group_id are missing')
  for (const group of [...groups, ...tags.map((tag) => getGroup(world, tag.groupId))]) requireOwn(group)
  for (const group of groups) dropTagGroup(world, group)
  for (const tag of tags) dropTag(world, tag)
  return {}
}

/** doc 92118 */
export function markTags({ context, body }: Call) {
  const { world } = context
  const relation = requireRelation(world, getText(body, 'userid', 41009), getText(body, 'external_userid', 41035))
  const add = listTexts(body, 'add_tag')
  const remove = listTexts(body, 'remove_tag')
  const count = add.length + remove.length
  if (count === 0 || count > TAGS_PER_CALL) throw new WeComError(41111, 'no tags, or too many')
  for (const id of [...add, ...remove]) if (getTag(world, id).deleted) throw new WeComError(40068, 'invalid tagid')
  const kept = relation.tagIds.filter((id) => !remove.includes(id))
  const marked = [...new Set([...kept, ...add])]
  if (marked.length > context.limits.tagsPerCustomer) throw new WeComError(40144, 'too many tags of this customer')
  relation.tagIds = marked
  return {}
}

export function reservePair({ body }: Call, take: (key: string) => () => void): () => void {
  return take(`mark_tag/${findText(body, 'userid')?.toLowerCase()}/${findText(body, 'external_userid')}`)
}

/** Undefined: a new group is wanted. With group_id the name counts for nothing. */
function findOrCheckGroup(world: World, body: Fields): TagGroup | undefined {
  const id = findText(body, 'group_id')
  if (id) {
    const group = getGroup(world, id)
    if (group.deleted) throw new WeComError(40068, 'invalid group id')
    requireOwn(group)
    return group
  }
  const name = getText(body, 'group_name')
  requireName(name)
  return findTagGroupByName(world, name)
}

function getGroup(world: World, id: string): TagGroup {
  return requireTag(world.tagGroups.get(id))
}

function getTag(world: World, id: string): Tag {
  return requireTag(world.tags.get(id))
}

function requireTag<T>(found: T | undefined): T {
  if (!found) throw new WeComError(40068, 'invalid tagid')
  return found
}

function requireOwn(group: TagGroup) {
  if (!group.ownedByApp) throw new WeComError(60011, 'no privilege to edit this tag')
}

function requireName(name: string) {
  if (name === '') throw new WeComError(40072, 'invalid tag name size')
  requireCharacters('tag name', name, NAME_CHARACTERS, 40072)
}

function readOrder(fields: Fields): number {
  const order = findInteger(fields, 'order') ?? 0
  if (order < 0 || order >= LARGEST_ORDER) throw new WeComError(40058, 'order is out of range')
  return order
}

function groupRecord(
  group: Omit<TagGroupView, 'tags'>,
  tags: Omit<TagView, 'groupName'>[],
  deleted: 'none' | 'tag' | 'both',
) {
  return {
    group_id: group.id,
    group_name: group.name,
    create_time: group.createdAt,
    order: group.order,
    ...(deleted === 'both' ? { deleted: group.deleted } : {}),
    tag: tags.map((tag) => ({
      id: tag.id,
      name: tag.name,
      create_time: tag.createdAt,
      order: tag.order,
      ...(deleted === 'none' ? {} : { deleted: tag.deleted }),
    })),
  }
}
