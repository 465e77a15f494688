/** WeCom cuts in bytes; a character cut in half is left out. */
export function cutBytes(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length <= bytes) return text
  return encoded
    .subarray(0, bytes)
    .toString()
    .replace(/\uFFFD+$/, '')
}
