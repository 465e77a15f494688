/** Cuts at a character's edge so that the text has at most so many bytes in UTF-8, as WeCom counts. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let kept = ''
  let size = Buffer.byteLength('…')
  for (const { segment } of new Intl.Segmenter('zh').segment(text)) {
    size += Buffer.byteLength(segment)
    if (size > bytes) break
    kept += segment
  }
  return `${kept}…`
}
