import type { Tag } from '@zhanggui/shared/customer.ts'

/** A tap the server has not answered yet. */
export interface TagWish {
  tagId: string
  name: string
  group?: string | undefined
  wanted: boolean
}

/** The tags as the guide wants them: a tap is seen at once, whatever answer comes from before it. */
export function applyWishes(tags: readonly Tag[], wishes: readonly TagWish[]): Tag[] {
  let shown = [...tags]
  for (const { tagId, name, group, wanted } of wishes) {
    const at = shown.findIndex((tag) => tag.tagId === tagId)
    if (!wanted) shown = shown.filter((_, index) => index !== at)
    else if (at >= 0) shown = shown.map((tag, index) => (index === at ? { ...tag, mine: true } : tag))
    else shown.push({ tagId, name, ...(group && { group }), source: 'wecom', mine: true })
  }
  return shown
}

/** One wish a tag, the latest. */
export function addWish(wishes: readonly TagWish[], wish: TagWish): TagWish[] {
  return [...wishes.filter(({ tagId }) => tagId !== wish.tagId), wish]
}
