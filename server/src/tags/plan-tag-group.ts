import type { HeldGroup } from './tag-groups.repository.ts'

/** A record after its own checks: names trimmed, each tag once. */
export interface WantedGroup {
  /** What tells records apart: the sender's id, or the name. */
  key: string
  recordId: string | undefined
  name: string
  order: number | undefined
  tags: { name: string; order: number | undefined }[]
}

export interface Edit {
  kind: 'group' | 'tag'
  id: string
  name?: string
  order?: number
}

interface TagGroupPlan {
  edits: Edit[]
  add: { name: string; order?: number }[]
}

/** What WeCom must be told so that the group is as wanted. A tag the record leaves out stays. */
export function planTagGroup({ name, order, tags }: WantedGroup, held: HeldGroup | undefined): TagGroupPlan {
  const known = new Map(held?.tags.map((tag) => [tag.name, tag]))
  const renamed = held !== undefined && held.name !== name
  const reordered = held !== undefined && order !== undefined && held.order !== order
  const edits: Edit[] =
    held && (renamed || reordered)
      ? [{ kind: 'group', id: held.groupId, ...(renamed && { name }), ...(reordered && { order }) }]
      : []
  const add: TagGroupPlan['add'] = []
  for (const wanted of tags) {
    const tag = known.get(wanted.name)
    if (!tag) add.push({ name: wanted.name, ...(wanted.order !== undefined && { order: wanted.order }) })
    else if (wanted.order !== undefined && wanted.order !== tag.order)
      edits.push({ kind: 'tag', id: tag.tagId, order: wanted.order })
  }
  return { edits, add }
}
