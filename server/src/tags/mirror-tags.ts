import { setImmediate } from 'node:timers/promises'
import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import type { CorpTagGroup } from '../wecom/shapes.ts'
import { spell } from '../wording/spell.ts'
import {
  keepTagList,
  listKnownTagNames,
  type TagDrift,
  type ToldGroup,
  type ToldTag,
} from './mirror-tags.repository.ts'

/** WeCom does not know an id it was asked for (doc 90313). */
const UNKNOWN_ID = 40068
/** Names spelled in one go: three thousand at once would keep WeCom's callbacks waiting. */
const BREATH = 100

interface Ids {
  tagIds?: string[]
  groupIds?: string[]
}

/**
 * Asks WeCom for the corp's tags (doc 92117), all of them or those named, and keeps the answer. What the whole list
 * does not name any more is deleted; what is asked by an id WeCom does not know is found out by asking for everything.
 * Throws WecomError.
 */
export async function mirrorTags(deps: Deps, { tagIds = [], groupIds = [] }: Ids = {}): Promise<TagDrift> {
  if (tagIds.length === 0 && groupIds.length === 0) return readTags(deps, {})
  try {
    // With both, WeCom would ignore the tags.
    const drifts = [
      ...(groupIds.length > 0 ? [await readTags(deps, { group_id: groupIds })] : []),
      ...(tagIds.length > 0 ? [await readTags(deps, { tag_id: tagIds })] : []),
    ]
    return drifts.reduce(addDrift)
  } catch (error) {
    if (!(error instanceof WecomError && error.errcode === UNKNOWN_ID)) throw error
    return readTags(deps, {})
  }
}

async function readTags({ db, wecom, clock }: Deps, ids: { tag_id?: string[]; group_id?: string[] }) {
  const askedAt = clock.now()
  const { tag_group } = await wecom.call('externalcontact/get_corp_tag_list', ids, { timeoutMs: 30_000 })
  const isWhole = ids.tag_id === undefined && ids.group_id === undefined
  return keepTagList(db, { ...(await toToldTags(db, tag_group)), heardAt: askedAt, isWhole })
}

/** As the tables keep it. Spelling takes time, so a name that has not changed keeps what was spelled before. */
export async function toToldTags(
  db: Deps['db'],
  tagGroups: readonly CorpTagGroup[],
  ours: { group: boolean; names: ReadonlySet<string> } = { group: false, names: new Set() },
): Promise<{ groups: ToldGroup[]; tags: ToldTag[] }> {
  const known = await listKnownTagNames(db)
  const tags: ToldTag[] = []
  let spelled = 0
  for (const group of tagGroups)
    for (const { id, name, order, deleted } of group.tag) {
      const before = known.get(id)
      const isSame = before?.name === name && before.groupName === group.group_name && before.searchText !== ''
      if (!isSame && ++spelled % BREATH === 0) await setImmediate()
      tags.push({
        tagId: id,
        groupId: group.group_id,
        groupName: group.group_name,
        name,
        order,
        position: tags.length,
        isDeleted: deleted ?? false,
        searchText: isSame ? before.searchText : searchText(name, group.group_name),
        ours: ours.names.has(name),
      })
    }
  const groups = tagGroups.map(({ group_id, group_name, order, deleted }, index) => ({
    groupId: group_id,
    name: group_name,
    order,
    position: index,
    isDeleted: deleted ?? false,
    ours: ours.group,
  }))
  return { groups, tags }
}

/** Everything a guide may type to find a tag, in lower case (喜欢银色: xhys, xihuanyinse). */
function searchText(name: string, groupName: string): string {
  return [name, groupName, ...spell(name), ...spell(groupName)].join(' ').toLowerCase()
}

function addDrift(one: TagDrift, other: TagDrift): TagDrift {
  return {
    newGroups: one.newGroups + other.newGroups,
    changedGroups: one.changedGroups + other.changedGroups,
    deletedGroups: one.deletedGroups + other.deletedGroups,
    newTags: one.newTags + other.newTags,
    changedTags: one.changedTags + other.changedTags,
    deletedTags: one.deletedTags + other.deletedTags,
  }
}
