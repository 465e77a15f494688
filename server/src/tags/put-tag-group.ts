import type { Deps } from '../deps.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import { WecomError } from '../wecom/errors.ts'
import { isTagListKnown, keepTagList } from './mirror-tags.repository.ts'
import { mirrorTags, toToldTags } from './mirror-tags.ts'
import { type Edit, planTagGroup, type WantedGroup } from './plan-tag-group.ts'
import { findTagGroup, type HeldGroup, keepEditedGroup, keepEditedTag, keepRecordId } from './tag-groups.repository.ts'

const NO_SUCH_TAG = 40068
const NAME_EXISTS = 40071
/** Once to see that our list is old, once with a new one, once for what another sender did in between. */
const TRIES = 3

/**
 * Makes a corp tag group in WeCom what its record says (doc 92117), telling WeCom only what differs. WeCom knows
 * whose a tag is: a change of somebody else's is asked and refused. Where our list proves to be old, as after a crash
 * between WeCom's yes and our row, it is read again. Throws RecordFault.
 */
export async function putTagGroup(deps: Deps, wanted: WantedGroup): Promise<'changed' | 'unchanged'> {
  const { db } = deps
  let changed = false
  for (let tried = 1; ; tried++) {
    try {
      if (tried === 1 && !(await isTagListKnown(db))) await mirrorTags(deps)
      const held = await findTagGroup(db, wanted)
      const { edits, add } = planTagGroup(wanted, held)
      if (!held && add.length === 0)
        throw new RecordFault('tag_group_empty', '/tags must name a tag: WeCom has no empty groups')
      // Changes first: refused, they leave everything as it was.
      for (const edit of edits) {
        await editTag(deps, edit)
        changed = true
      }
      const groupId = add.length > 0 ? await addTags(deps, wanted, held, add) : held?.groupId
      changed ||= add.length > 0
      if (wanted.recordId !== undefined && groupId !== undefined && wanted.recordId !== groupId)
        changed = (await keepRecordId(db, wanted.recordId, groupId)) || changed
      return changed ? 'changed' : 'unchanged'
    } catch (error) {
      if (!(error instanceof WecomError)) throw error
      const isListOld = error.errcode === NAME_EXISTS || error.errcode === NO_SUCH_TAG
      if (!isListOld || tried === TRIES) throw toFault(error)
      await mirrorTags(deps)
    }
  }
}

async function editTag(deps: Deps, { kind, id, name, order }: Edit): Promise<void> {
  const { db, wecom, clock } = deps
  await wecom.call('externalcontact/edit_corp_tag', {
    id,
    ...(name && { name }),
    ...(order !== undefined && { order }),
  })
  const at = clock.now()
  if (kind === 'group') await keepEditedGroup(db, id, { name, order, at })
  else await keepEditedTag(db, id, { order, at })
  // Its tags are found by the group's name, too.
  if (kind === 'group' && name !== undefined) await mirrorTags(deps, { groupIds: [id] })
}

async function addTags(
  { db, wecom, clock }: Deps,
  { name, order }: WantedGroup,
  held: HeldGroup | undefined,
  add: { name: string; order?: number }[],
): Promise<string> {
  // By its name a group of somebody else's takes our tags too; our own may have been renamed in the console since.
  const group = held?.ours ? { group_id: held.groupId } : { group_name: name }
  const { tag_group } = await wecom.call('externalcontact/add_corp_tag', {
    ...group,
    ...(!held && order !== undefined && { order }),
    tag: add,
  })
  const names = new Set(add.map((tag) => tag.name))
  const added = tag_group.tag.filter((tag) => names.has(tag.name))
  // A group as new as its tags came with them; an older one was there under that name.
  const isNew = !held && added.every((tag) => tag.create_time <= tag_group.create_time)
  const told = await toToldTags(db, [tag_group], { group: isNew, names })
  await keepTagList(db, { ...told, heardAt: clock.now(), isWhole: false })
  return tag_group.group_id
}

function toFault(error: WecomError): RecordFault {
  const { errcode } = error
  const known = errcode === undefined ? undefined : faults[errcode]
  if (known) return new RecordFault(...known)
  // Nothing is wrong with the record: sent again later it may do.
  return new RecordFault(error.code, error.detail ?? error.message)
}

const notOurs = ['tag_not_ours', 'WeCom lets an app change only the tags it has made itself'] as const
const faults: Record<number, readonly [code: string, detail: string]> = {
  60011: notOurs,
  81011: notOurs,
  [NAME_EXISTS]: ['tag_name_taken', 'another group has this name'],
  40072: ['invalid_field', '/name is too long for WeCom'],
  40126: ['tag_limit_reached', 'the corp has as many tags as WeCom allows'],
}
