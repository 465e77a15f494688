import type { MessageContent } from '../control-types.ts'
import type { Media, World } from '../world/model.ts'
import { WeComError } from './errors.ts'
import { type Fields, findFields, findText, getText, requireBytes } from './parameters.ts'

/** doc 90253: media ids live three days. */
const MEDIA_LIFETIME_MS = 3 * 24 * 60 * 60_000

/** doc 92137. What the object holds beyond these fields is ignored. */
export function readAttachment(world: World, attachment: Fields, now: Date): MessageContent {
  const msgtype = getText(attachment, 'msgtype', 41065)
  const read = readers[msgtype]
  const fields = findFields(attachment, msgtype)
  if (!read || !fields) throw new WeComError(41065, 'invalid attachments msgtype')
  return read(world, fields, now)
}

const readers: Record<string, (world: World, fields: Fields, now: Date) => MessageContent> = {
  image(world, fields, now) {
    const mediaId = findText(fields, 'media_id')
    if (mediaId) return { kind: 'image', mediaId: requireMedia(world, mediaId, 'image', now).mediaId }
    const picture = world.uploadedPictures.get(getText(fields, 'pic_url', 40007))
    if (!picture) throw new WeComError(40007, 'pic_url is not from media/uploadimg')
    return { kind: 'image', mediaId: picture.mediaId }
  },
  link(_world, fields) {
    const title = getText(fields, 'title')
    const url = getText(fields, 'url')
    const desc = findText(fields, 'desc') ?? ''
    requireBytes('link.title', title, 128)
    requireBytes('link.desc', desc, 512)
    requireScheme(url)
    return { kind: 'link', title, desc, url, imageUrl: findText(fields, 'picurl') || undefined }
  },
  miniprogram(world, fields, now) {
    const title = getText(fields, 'title')
    requireBytes('miniprogram.title', title, 64)
    const picture = requireMedia(world, getText(fields, 'pic_media_id', 40007), 'image', now)
    return {
      kind: 'miniprogram',
      title,
      appId: getText(fields, 'appid'),
      page: getText(fields, 'page'),
      imageUrl: `/simulator/api/media/${picture.mediaId}`,
    }
  },
  video: (world, fields, now) => ({
    kind: 'video',
    mediaId: requireMedia(world, getText(fields, 'media_id', 40007), 'video', now).mediaId,
  }),
  file: (world, fields, now) => ({
    kind: 'file',
    mediaId: requireMedia(world, getText(fields, 'media_id', 40007), 'file', now).mediaId,
  }),
}

/** From media/upload, of the right type, not older than three days. */
export function requireMedia(world: World, mediaId: string, type: Media['type'], now: Date): Media {
  const media = world.media.get(mediaId)
  if (media?.type !== type || mediaExpired(media, now)) throw new WeComError(40007, 'invalid media_id')
  return media
}

export function mediaExpired(media: Media, now: Date): boolean {
  return now.getTime() - media.createdAt > MEDIA_LIFETIME_MS
}

export function requireScheme(url: string) {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) throw new WeComError(45034, 'url has no scheme')
}
