import type { Tag } from '@zhanggui/shared/customer.ts'
import type { TagChoice } from '@zhanggui/shared/tag.ts'

interface ChoiceGroup {
  groupId: string
  name: string
  choices: TagChoice[]
}

/** In the order in which they come; a group that goes on on a later page is one group. */
export function arrangeChoices(tags: readonly TagChoice[]): ChoiceGroup[] {
  const groups = new Map<string, ChoiceGroup>()
  for (const tag of tags) {
    const group = groups.get(tag.groupId) ?? { groupId: tag.groupId, name: tag.group, choices: [] }
    groups.set(tag.groupId, group)
    group.choices.push(tag)
  }
  return [...groups.values()]
}

/** The corp tags on the guide's own relation, as things that can be taken off. */
export function toChoices(tags: readonly Tag[]): TagChoice[] {
  return tags.flatMap(({ tagId, name, group, mine }) =>
    tagId !== undefined && mine ? [{ tagId, name, groupId: '', group: group ?? '' }] : [],
  )
}
