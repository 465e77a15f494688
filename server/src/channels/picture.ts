import QRCode from 'qrcode'
import { request } from 'undici'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { type Channel, saveChannel } from './channels.repository.ts'

const WIDTH = 430
const LARGEST = 1024 * 1024
const TIMEOUT_MS = 8_000

/**
 * The code as a PNG of our own origin, so that the page may draw the channel's name under it. WeCom's picture is
 * fetched once and kept: what was printed can be printed again when WeCom is away. A link's code we draw ourselves.
 */
export async function getPicture({ kind, channelId, url, picture, retiredAt }: Channel, { db }: Deps): Promise<Buffer> {
  if (!url || retiredAt) throw new AppError('not_found', { detail: 'the channel has no code' })
  if (kind === 'link') return QRCode.toBuffer(url, { width: WIDTH, margin: 2, errorCorrectionLevel: 'M' })
  if (picture) return picture
  const fetched = await fetchPicture(url)
  await saveChannel(db, channelId, { picture: fetched })
  return fetched
}

async function fetchPicture(url: string): Promise<Buffer> {
  try {
    const answer = await request(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (answer.statusCode !== 200 || !String(answer.headers['content-type']).startsWith('image/')) {
      await answer.body.dump()
      throw new Error(`the picture's address answered ${answer.statusCode}`)
    }
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of answer.body) {
      size += chunk.length
      if (size > LARGEST) throw new Error('the picture is too large')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (cause) {
    throw new AppError('wecom_unreachable', { detail: 'the picture of the code could not be fetched', cause })
  }
}
