/** 53 bits of a text: two texts of a million share one about once in ten thousand files. */
export function hashText(text: string): number {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x5bd1e995)
    b ^= b >>> 13
  }
  return (a >>> 0) * 0x200000 + (b >>> 11)
}
