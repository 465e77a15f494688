import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

export type Encoding = 'utf-8' | 'gb18030'

/** A file as bytes, unpacked if it is gzip, whatever its name says. */
async function* readBytes(path: string): AsyncGenerator<Buffer> {
  const handle = await open(path)
  const { buffer: magic, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
  await handle.close()
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const isGzip = bytesRead === 2 && magic[0] === 0x1f && magic[1] === 0x8b
  const unpacked = isGzip ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file
  if (isGzip) file.on('error', (error) => unpacked.destroy(error))
  yield* unpacked
}

/** Text in pieces, `onBytes` hears them first; a byte that the encoding does not know makes it throw, so that no name is ever garbled. */
export async function* readText(
  path: string,
  encoding: Encoding,
  onBytes: (bytes: Buffer) => void = () => {},
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const bytes of readBytes(path)) {
    onBytes(bytes)
    const text = decoder.decode(bytes, { stream: true })
    if (text) yield text
  }
  const last = decoder.decode()
  if (last) yield last
}
