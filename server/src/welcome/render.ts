export interface WelcomeFacts {
  customer: string | undefined
  guide: string | undefined
  store: string | undefined
}

/** doc 92137 */
export const MAX_TEXT_BYTES = 4000

/**
 * Fills {customer} {guide} {store}. What is not known is left out so that the sentence still reads: with the "的"
 * that would dangle after a missing store, with the comma or colon that would open the line, and an unnamed guide is
 * "导购". Never longer than WeCom takes.
 */
export function renderWelcome(template: string, { customer, guide, store }: WelcomeFacts): string {
  const text = template
    .replace(/\{store\}(\s*的)?/g, (_all, of: string | undefined) => (store === undefined ? '' : `${store}${of ?? ''}`))
    .replace(/\{guide\}/g, () => guide ?? '导购')
    .replace(
      /(亲爱的|尊敬的)?\{customer\}([ \t]*[,,::、!!]+)?/g,
      (_all, dear: string | undefined, comma: string | undefined) =>
        customer === undefined ? (dear ? `${dear}顾客${comma ?? ''}` : '') : `${dear ?? ''}${customer}${comma ?? ''}`,
    )
    .replace(/[ \t]{2,}/g, ' ')
    .trim()
  return cutToBytes(text, MAX_TEXT_BYTES)
}

/** Cuts between characters, never inside one. */
export function cutToBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text
  let size = 0
  let kept = ''
  for (const character of text) {
    size += Buffer.byteLength(character)
    if (size > limit) break
    kept += character
  }
  return kept
}
