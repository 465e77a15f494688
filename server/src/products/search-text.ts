import { spell } from '../wording/spell.ts'

/**
 * Everything a guide may type to find a product, in lower case: its names as they are, and their Chinese by pinyin
 * initials and by full pinyin (天鹅项链: texl, tianexianglian).
 */
export function searchText(product: { productId: string; name: string; brand?: string; category?: string }): string {
  const { productId, name, brand, category } = product
  const names = [name, brand, category].filter((text) => text !== undefined)
  return [productId, ...names, ...names.flatMap(spell)].join(' ').toLowerCase()
}
