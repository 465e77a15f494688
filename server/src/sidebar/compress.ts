import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** A page of a few kilobytes, made for this request: quick rather than as small as can be. */
export async function compressPage(
  page: string,
  acceptEncoding: string | undefined,
): Promise<{ body: Buffer; encoding?: 'br' | 'gzip' }> {
  const plain = Buffer.from(page)
  if (accepts(acceptEncoding, 'br'))
    return { body: await brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }), encoding: 'br' }
  if (accepts(acceptEncoding, 'gzip')) return { body: await zip(plain), encoding: 'gzip' }
  return { body: plain }
}

function accepts(header: string | undefined, encoding: string): boolean {
  return (header ?? '').split(',').some((entry) => {
    const [name = '', weight = ''] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/)
    return name === encoding && Number(weight || 1) > 0
  })
}
