import { pinyin } from 'pinyin-pro'

/** Chinese by pinyin initials and by full pinyin; what is not Chinese is left out. `v` stands for ü, as on a keyboard. */
export function spell(text: string): string[] {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed', v: true })
  return syllables.length === 0 ? [] : [syllables.map((syllable) => syllable.charAt(0)).join(''), syllables.join('')]
}
