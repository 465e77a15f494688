import { pinyin } from 'pinyin-pro'

/**
 * Everything a guide may type to find a product, in lower case: its names as they are, and their Chinese by pinyin
 * initials and by full pinyin (天鹅项链: texl, tianexianglian).
 */
export function searchText(product: { productId: string; name: string; brand?: string; category?: string }): string {
  const { productId, name, brand, category } = product
  const names = [name, brand, category].filter((text) => text !== undefined)
  return [productId, ...names, ...names.flatMap(spell)].join(' ').toLowerCase()
}

/** What is not Chinese is left out. `v` stands for ü, as on a keyboard. */
function spell(text: string): string[] {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed', v: true })
  return syllables.length === 0 ? [] : [syllables.map((syllable) => syllable.charAt(0)).join(''), syllables.join('')]
}
