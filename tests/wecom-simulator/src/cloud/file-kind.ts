/** By what the file says of itself, not by its name. */
export function fileKind(bytes: Uint8Array): 'jpg' | 'png' | 'amr' | 'mp4' | 'other' {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\xff\xd8\xff')) return 'jpg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('#!AMR')) return 'amr'
  return head.slice(4, 8) === 'ftyp' ? 'mp4' : 'other'
}
