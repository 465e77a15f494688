import type { MessageContent } from '../control-types.ts'

/** What the client page and the bridge say to each other: POST /simulator/api/bridge, a BridgeCall in, a BridgeReply out. */

export const platforms = ['windows', 'mac', 'ios', 'android'] as const
export type Platform = (typeof platforms)[number]

/** Where the page was opened from (doc 98419). */
export const entries = [
  'single_chat_tools',
  'group_chat_tools',
  'contact_profile',
  'chat_attachment',
  'single_kf_tools',
  'normal',
] as const
export type Entry = (typeof entries)[number]

export interface BridgeCall {
  /** The native name, as the SDK calls it: 'preVerifyJSAPI', 'imagePreview'. */
  name: string
  params: Record<string, unknown>
  /** The live URL of the calling page, without its fragment. */
  href: string
  /** One loaded document: what was granted ends with it. */
  page: string
  guide: string
  entry: Entry
  externalUserId?: string
  chatId?: string
  platform: Platform
}

/** As it reaches the SDK's callback. Windows names the message errmsg, the others err_msg. */
export type NativeAnswer = Record<string, unknown>

/** What the client itself does beside answering. */
export type ClientEffect =
  | { kind: 'compose'; content: MessageContent }
  | { kind: 'copy'; text: string }
  | { kind: 'openChat'; chat: string }
  | { kind: 'openProfile'; profile: 'member' | 'external'; userId: string }
  | { kind: 'preview'; current: string; urls: string[] }
  | { kind: 'openBrowser'; url: string }
  | { kind: 'closePage' }

export type BridgeReply =
  | { kind: 'answer'; delayMs: number; answer: NativeAnswer; effect?: ClientEffect }
  /** A phone asks 发送 or 取消 first; the guide's choice decides the answer. */
  | {
      kind: 'confirm'
      delayMs: number
      content: MessageContent
      enterChat: boolean
      agreed: NativeAnswer
      cancelled: NativeAnswer
    }
  /** The camera is open: what it reads becomes the answer (`scanAnswer`). */
  | { kind: 'scan'; delayMs: number; cancelled: NativeAnswer }
  /** The client never calls back, as some real ones do. */
  | { kind: 'silent' }

export const forcedAnswers = ['refused', 'cancelled', 'function_not_exist', 'silent'] as const
export type ForcedAnswer = (typeof forcedAnswers)[number]

/** How this client misbehaves. Times are milliseconds; null never answers. */
export interface BridgeSettings {
  /** By native name, '*' for every call. */
  delays: Record<string, number | null>
  /** The next call of this name gets this answer, once. */
  nextAnswers: Record<string, ForcedAnswer>
  /** An older (or newer) client than the platform's usual one: '3.0.20'. */
  clientVersion?: string
  /** The bridge appears after the page has run, with its ready event. */
  lateInjection: boolean
}

/** GET /simulator/api/client */
export interface ClientView {
  /** Where the product's pages are seen; absent until a web view is there. */
  webviewOrigin?: string
  sidebarUrl?: string
  settings: BridgeSettings
}
