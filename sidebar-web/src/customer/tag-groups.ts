import type { Tag } from '@zhanggui/shared/customer.ts'

interface TagGroup {
  name: string | undefined
  tags: Tag[]
}

/** In the order in which the groups first appear; tags without a group stand together at the end. */
export function groupTags(tags: readonly Tag[]): TagGroup[] {
  const groups = new Map<string | undefined, Tag[]>()
  for (const tag of tags) groups.set(tag.group, [...(groups.get(tag.group) ?? []), tag])
  const named = [...groups].map(([name, own]) => ({ name, tags: own }))
  return [...named.filter(({ name }) => name), ...named.filter(({ name }) => !name)]
}
