import type { MessageContent } from '../control-types.ts'
import type { Entry } from './bridge-types.ts'

type MediaKind = 'image' | 'video' | 'file'
export type FindMedia = (mediaId: string, kind: MediaKind) => boolean

type ChatMessage = { ok: true; content: MessageContent } | { ok: false; why: string }

/** Not documented; longer texts were cut in the field, so the stand-in takes none. Bytes of UTF-8. */
const MAX_TEXT_BYTES = 2048

const sendingEntries: readonly Entry[] = ['single_chat_tools', 'group_chat_tools', 'chat_attachment', 'single_kf_tools']

export function mayShareFrom(entry: Entry): boolean {
  return sendingEntries.includes(entry)
}

/** What sendChatMessage was given, as a message, or why the client refuses it (doc 98539). */
export function readChatMessage(params: Record<string, unknown>, findMedia: FindMedia): ChatMessage {
  const { msgtype } = params
  switch (msgtype) {
    case 'text':
      return readText(bodyOf(params, 'text'))
    case 'news':
      return readNews(bodyOf(params, 'news'))
    case 'miniprogram':
      return readMiniProgram(bodyOf(params, 'miniprogram'))
    case 'image':
    case 'video':
    case 'file':
      return readMedia(msgtype, bodyOf(params, msgtype), findMedia)
    default:
      // msgmenu and channels_shop_product belong to 微信客服 chats, which this client has none of.
      return { ok: false, why: 'unsupported_msgtype' }
  }
}

type Body = Record<string, unknown>

function readText({ content }: Body): ChatMessage {
  if (!filled(content)) return invalid('text.content')
  if (new TextEncoder().encode(content).length > MAX_TEXT_BYTES) return invalid('text.content')
  return { ok: true, content: { kind: 'text', text: content } }
}

function readNews({ link, title, desc, imgUrl }: Body): ChatMessage {
  if (!filled(title)) return invalid('news.title')
  if (!filled(desc)) return invalid('news.desc')
  if (!isWebUrl(link) || !isWebUrl(imgUrl)) return { ok: false, why: 'link or imgUrl is invalid' }
  return { ok: true, content: { kind: 'link', title, desc, url: link, imageUrl: imgUrl } }
}

function readMiniProgram({ appid, title, imgUrl, page }: Body): ChatMessage {
  if (!isWebUrl(imgUrl)) return { ok: false, why: 'invalid imgUrl' }
  const complete = filled(appid) && filled(title) && filled(page) && /^[^?]+\.html(\?|$)/.test(page)
  if (!complete) return { ok: false, why: 'invalid miniprogram info' }
  return { ok: true, content: { kind: 'miniprogram', title, appId: appid, page, imageUrl: imgUrl } }
}

function readMedia(kind: MediaKind, { mediaid }: Body, findMedia: FindMedia): ChatMessage {
  if (!filled(mediaid)) return invalid(`${kind}.mediaid`)
  if (!findMedia(mediaid, kind)) return { ok: false, why: 'unexpect err' }
  return { ok: true, content: { kind, mediaId: mediaid } }
}

function bodyOf(params: Body, key: string): Body {
  const body = params[key]
  return isRecord(body) ? body : {}
}

function invalid(field: string): ChatMessage {
  return { ok: false, why: `invalid param ${field}` }
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isWebUrl(value: unknown): value is string {
  return filled(value) && /^https?:\/\/[^/\s]+/i.test(value)
}

function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
