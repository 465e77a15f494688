import { lackOf } from './apis.ts'
import type { BridgeCall, BridgeReply, BridgeSettings, Entry, NativeAnswer } from './bridge-types.ts'
import { type FindMedia, mayShareFrom, readChatMessage } from './chat-message.ts'
import { cancelAnswer, failAnswer, okAnswer } from './dialect.ts'

/** A reply before the client's own slowness is added. */
export type Instant = BridgeReply extends infer R ? (R extends { delayMs: number } ? Omit<R, 'delayMs'> : never) : never

interface Surroundings {
  settings: BridgeSettings
  findMedia: FindMedia
}

type NativeFunction = (call: BridgeCall, around: Surroundings) => Instant

const contactEntries: readonly Entry[] = ['single_chat_tools', 'contact_profile', 'single_kf_tools']
const phones = ['ios', 'android']

const functions: Record<string, NativeFunction> = {
  getContext: (call) => ok(call, { entry: call.entry }),

  getCurExternalContact: (call) =>
    contactEntries.includes(call.entry) && call.externalUserId
      ? ok(call, { userId: call.externalUserId })
      : fail(call, 'without context of external contact'),

  getCurExternalChat: (call) =>
    call.entry === 'group_chat_tools' && call.chatId
      ? ok(call, { chatId: call.chatId })
      : fail(call, 'without context of external contact'),

  sendChatMessage(call, { findMedia }) {
    if (!mayShareFrom(call.entry) || (call.entry === 'chat_attachment' && call.platform === 'mac'))
      return fail(call, 'without context of external contact')
    const message = readChatMessage(call.params, findMedia)
    if (!message.ok) return fail(call, message.why)
    if (!phones.includes(call.platform)) return { ...ok(call), effect: { kind: 'compose', content: message.content } }
    return {
      kind: 'confirm',
      content: message.content,
      enterChat: call.params.enterChat === true,
      agreed: okAnswer(call.platform, call.name),
      cancelled: cancelAnswer(call.platform, call.name),
    }
  },

  /** Tells what this client has, whether or not the app may call it. Android gives JSON text. */
  checkJsApi(call, { settings }) {
    const names = Array.isArray(call.params.jsApiList) ? call.params.jsApiList.map(String) : []
    const checkResult = Object.fromEntries(
      names.map((name) => [name, lackOf(name, call.platform, settings.clientVersion) === undefined]),
    )
    return ok(call, { checkResult: call.platform === 'android' ? JSON.stringify(checkResult) : checkResult })
  },

  openUserProfile(call) {
    const { type, userid } = call.params
    if (typeof userid !== 'string' || userid === '' || (type !== 1 && type !== 2)) return fail(call, 'invalid params')
    const profile = type === 1 ? 'member' : 'external'
    return { ...ok(call), effect: { kind: 'openProfile', profile, userId: userid } }
  },

  openEnterpriseChat(call) {
    const { groupName, chatId } = call.params
    if (call.platform === 'mac' && typeof groupName !== 'string') return fail(call, 'invalid params')
    const people = [...idsIn(call.params.externalUserIds), ...idsIn(call.params.userIds)]
    const chat = typeof chatId === 'string' && chatId !== '' ? chatId : people.length === 1 ? people[0] : undefined
    if (!chat) return fail(call, people.length === 0 ? 'empty chatid or userids' : 'unsupported chat')
    return { ...ok(call, { chatId: chat }), effect: { kind: 'openChat', chat } }
  },

  setClipboardData(call) {
    const { data } = call.params
    if (typeof data !== 'string') return fail(call, 'invalid params')
    return { ...ok(call), effect: { kind: 'copy', text: data } }
  },

  scanQRCode: (call) => ({ kind: 'scan', cancelled: cancelAnswer(call.platform, call.name) }),

  imagePreview(call) {
    const urls = Array.isArray(call.params.urls) ? call.params.urls.map(String) : []
    const current = typeof call.params.current === 'string' ? call.params.current : urls[0]
    if (!current) return fail(call, 'invalid params')
    return { ...ok(call), effect: { kind: 'preview', current, urls } }
  },

  openDefaultBrowser(call) {
    const { url } = call.params
    if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return fail(call, 'invalid params')
    return { ...ok(call), effect: { kind: 'openBrowser', url } }
  },

  closeWindow: (call) => ({ ...ok(call), effect: { kind: 'closePage' } }),
  getNetworkType: (call) => ok(call, { networkType: 'wifi' }),
  geoLocation: (call) => ok(call, { latitude: 31.2304, longitude: 121.4737, speed: 0, accuracy: 20 }),
  hideOptionMenu: (call) => ok(call),
  showOptionMenu: (call) => ok(call),
  hideMenuItems: (call) => ok(call),
  showMenuItems: (call) => ok(call),
}

/** Undefined for what this stand-in has not learnt. */
export function nativeFunction(name: string): NativeFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined
}

function ok({ platform, name }: BridgeCall, fields?: NativeAnswer) {
  return { kind: 'answer' as const, answer: okAnswer(platform, name, fields) }
}

function fail({ platform, name }: BridgeCall, why: string): Instant {
  return { kind: 'answer', answer: failAnswer(platform, name, why) }
}

/** The SDK joins lists of ids with ';'. */
function idsIn(value: unknown): string[] {
  return typeof value === 'string' ? value.split(';').filter(Boolean) : []
}
