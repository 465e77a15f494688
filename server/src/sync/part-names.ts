/** In the order they are read: guides before whom they follow, tags before who bears them. */
export const PART_NAMES = ['guides', 'tags', 'customers', 'groups'] as const
export type PartName = (typeof PART_NAMES)[number]

export function isPartName(text: string): text is PartName {
  return PART_NAMES.some((name) => name === text)
}
