import type { WelcomeAttachment } from '@zhanggui/shared/welcome.ts'
import type { MessageAttachment } from '../wecom/shapes.ts'
import type { MediaKind } from './media.repository.ts'

export interface MediaNeed {
  kind: MediaKind
  url: string
}

/** The file an attachment needs uploaded, if any. */
export function mediaOf(attachment: WelcomeAttachment): MediaNeed | undefined {
  switch (attachment.msgtype) {
    case 'image':
      return { kind: 'image', url: attachment.image.url }
    case 'miniprogram':
      return { kind: 'image', url: attachment.miniprogram.pic_url }
    case 'video':
      return { kind: 'video', url: attachment.video.url }
    case 'file':
      return { kind: 'file', url: attachment.file.url }
    case 'link':
      return undefined
  }
}

/** As WeCom takes it (doc 92137); undefined while its media is not uploaded. `media` is keyed `kind url`. */
export function toMessageAttachment(
  attachment: WelcomeAttachment,
  media: ReadonlyMap<string, string>,
): MessageAttachment | undefined {
  if (attachment.msgtype === 'link') return { msgtype: 'link', link: attachment.link }
  const need = mediaOf(attachment)
  const mediaId = need && media.get(`${need.kind} ${need.url}`)
  if (mediaId === undefined) return undefined
  switch (attachment.msgtype) {
    case 'image':
      return { msgtype: 'image', image: { media_id: mediaId } }
    case 'video':
      return { msgtype: 'video', video: { media_id: mediaId } }
    case 'file':
      return { msgtype: 'file', file: { media_id: mediaId } }
    case 'miniprogram': {
      const { title, appid, page } = attachment.miniprogram
      return { msgtype: 'miniprogram', miniprogram: { title, appid, page, pic_media_id: mediaId } }
    }
  }
}

export function mediaIdOf(attachment: MessageAttachment): string | undefined {
  switch (attachment.msgtype) {
    case 'image':
      return attachment.image.media_id
    case 'video':
      return attachment.video.media_id
    case 'file':
      return attachment.file.media_id
    case 'miniprogram':
      return attachment.miniprogram.pic_media_id
    case 'link':
      return undefined
  }
}
