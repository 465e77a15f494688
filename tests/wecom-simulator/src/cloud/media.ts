import type { Media } from '../world/model.ts'
import { newId } from '../world/random.ts'
import { mediaExpired } from './attachments.ts'
import { BinaryAnswer, type Call, type Upload } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { fileKind } from './file-kind.ts'

const MB = 1024 * 1024
/** doc 90253 */
const SMALLEST_BYTES = 6
const RULES: Record<Media['type'], { bytes: number; kinds: readonly string[] | 'any' }> = {
  image: { bytes: 10 * MB, kinds: ['jpg', 'png'] },
  voice: { bytes: 2 * MB, kinds: ['amr'] },
  video: { bytes: 10 * MB, kinds: ['mp4'] },
  file: { bytes: 20 * MB, kinds: 'any' },
}
/** doc 90256 */
const PICTURE_BYTES = 2 * MB

export function uploadMedia({ context, query, upload, now }: Call) {
  const type = query.type
  if (!isMediaType(type)) throw new WeComError(40004, 'invalid media type')
  const media = stored(context.world.random, type, requireUpload(upload, RULES[type]), now)
  context.world.media.set(media.mediaId, media)
  // created_at is a string here, and a number for upload_attachment.
  return { type, media_id: media.mediaId, created_at: String(Math.floor(now.getTime() / 1000)) }
}

export function uploadPicture({ context, upload, now }: Call) {
  const rule = { bytes: PICTURE_BYTES, kinds: RULES.image.kinds }
  const media = stored(context.world.random, 'image', requireUpload(upload, rule), now)
  const url = `${context.url()}/simulator/api/media/${media.mediaId}`
  context.world.media.set(media.mediaId, media)
  context.world.uploadedPictures.set(url, media)
  return { url }
}

/** doc 90254 */
export function getMedia({ context, query, now }: Call) {
  const media = context.world.media.get(query.media_id ?? '')
  if (!media || mediaExpired(media, now)) throw new WeComError(40007, 'invalid media_id')
  return new BinaryAnswer(media)
}

function requireUpload(upload: Upload | undefined, rule: { bytes: number; kinds: readonly string[] | 'any' }): Upload {
  if (!upload) throw new WeComError(41005, 'media data missing')
  if (upload.bytes.length > rule.bytes) throw new WeComError(45001, 'media size out of limit')
  if (upload.bytes.length < SMALLEST_BYTES) throw new WeComError(40006, 'invalid media size')
  const kind = fileKind(upload.bytes)
  if (rule.kinds !== 'any' && !rule.kinds.includes(kind)) throw new WeComError(40005, 'invalid file type')
  return upload
}

function stored(random: Parameters<typeof newId>[0], type: Media['type'], upload: Upload, now: Date): Media {
  return { mediaId: newId(random, '3', 44), type, ...upload, createdAt: now.getTime() }
}

function isMediaType(type: string | undefined): type is Media['type'] {
  return type !== undefined && Object.hasOwn(RULES, type)
}
