/** GB18030 by the decoder's own table: Node has no encoder of it. */
export function encodeGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, Buffer>()
  for (let a = 0x81; a <= 0xfe; a++)
    for (let b = 0x40; b <= 0xfe; b++) {
      const bytes = Buffer.from([a, b])
      table.set(decoder.decode(bytes), bytes)
    }
  for (let a = 0x30; a <= 0x39; a++)
    for (let b = 0x81; b <= 0xfe; b++)
      for (let c = 0x30; c <= 0x39; c++) {
        const bytes = Buffer.from([0x81, a, b, c])
        table.set(decoder.decode(bytes), bytes)
      }
  return Buffer.concat(
    [...text].map((character) => {
      if (character.charCodeAt(0) < 0x80) return Buffer.from(character)
      const bytes = table.get(character)
      if (!bytes) throw new Error(`no GB18030 for ${character}`)
      return bytes
    }),
  )
}
