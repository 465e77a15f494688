import {
  env,
  getContext,
  getCurExternalChat,
  getCurExternalContact,
  register,
  ScanQRCodeType,
  type SendChatMessage,
  scanQRCode,
  sendChatMessage,
  setClipboardData,
} from '@wecom/jssdk'
import type { SessionView, Signature } from '@zhanggui/shared/session.ts'
import { noteTrouble } from '../troubles/troubles.ts'
import { SignatureError } from './rejections.ts'
import { toWeComError, WeComError } from './wecom-error.ts'
import { PATIENCE_MS, within } from './within.ts'

/** The one place that knows the SDK. Outside WeCom its calls hang for ever, so ask `inWeCom` first. */
export const inWeCom: boolean = env.isWeCom

type Sign = (kind: 'agent' | 'corp', url: string) => Promise<Signature>

const usedApis = [
  'getContext',
  'getCurExternalContact',
  'getCurExternalChat',
  'sendChatMessage',
  'setClipboardData',
  'scanQRCode',
]
let registered = false

/** Registering again with the same URL changes nothing (the SDK ignores it), so it happens once. */
export function connect(session: SessionView, sign: Sign): void {
  if (registered) return
  registered = true
  const signed = (kind: 'agent' | 'corp') => (url: string) =>
    sign(kind, url).catch((cause: unknown) => {
      throw new SignatureError(cause)
    })
  register({
    corpId: session.corpId,
    agentId: session.agentId,
    jsApiList: usedApis,
    getAgentConfigSignature: signed('agent'),
    getConfigSignature: signed('corp'), // WeCom before 3.0.24 wants both
  })
}

/** What a rejection means: WeCom's no, or the server's reason for not signing. Noted for diagnosis. */
function heard(rejection: unknown): unknown {
  const error = rejection instanceof SignatureError ? rejection.cause : toWeComError(rejection)
  if (error instanceof WeComError && error.problem !== 'cancelled')
    noteTrouble(`${error.problem} ${error.folded}`.trim())
  return error
}

/** One call: ends in time, and fails with a WeComError or with the server's reason for not signing. */
async function call<T>(api: () => Promise<T>): Promise<T> {
  try {
    return await within(api(), PATIENCE_MS, () => new WeComError('silent', ''))
  } catch (rejection) {
    throw heard(rejection)
  }
}

/** Reading is harmless, so it may be tried again: a failed configuration is fetched anew by the SDK. */
async function read<T>(api: () => Promise<T>): Promise<T> {
  try {
    return await call(api)
  } catch (error) {
    const again = error instanceof WeComError && ['not_ready', 'bad_signature', 'bad_setup'].includes(error.problem)
    if (!again) throw error
    return call(api)
  }
}

export type Chat =
  | { kind: 'customer'; externalUserId: string; canSend: boolean }
  | { kind: 'group'; chatId: string }
  | { kind: 'elsewhere' }

/** The customer whose chat or profile is open right now. There is no event for a change: ask again. */
export async function readCustomerId(): Promise<string> {
  return (await read(() => getCurExternalContact())).userId
}

export async function readChat(): Promise<Chat> {
  const [context, contact] = await Promise.allSettled([read(() => getContext()), readCustomerId()])
  const entry = entryOf(context)
  if (entry === 'group_chat_tools') return readGroup()
  if (entry !== 'single_chat_tools' && entry !== 'contact_profile') return { kind: 'elsewhere' }
  if (contact.status === 'fulfilled') {
    return { kind: 'customer', externalUserId: contact.value, canSend: entry === 'single_chat_tools' }
  }
  if (contact.reason instanceof WeComError && contact.reason.problem === 'no_context') return { kind: 'elsewhere' }
  throw contact.reason
}

async function readGroup(): Promise<Chat> {
  try {
    return { kind: 'group', chatId: (await read(() => getCurExternalChat())).chatId }
  } catch (error) {
    // An internal group, which is no customer's.
    if (error instanceof WeComError && error.problem === 'no_context') return { kind: 'elsewhere' }
    throw error
  }
}

/** `getContext` is newer (3.0.24) than the chat toolbar (2.8.10): a client without it shows us in a chat. */
function entryOf(context: PromiseSettledResult<{ entry?: string }>): string | undefined {
  if (context.status === 'fulfilled') return context.value.entry
  if (context.reason instanceof WeComError && context.reason.problem === 'unsupported') return 'single_chat_tools'
  throw context.reason
}

/** For diagnosis: how WeCom says the sidebar was opened, or why it does not say. */
export async function readEntry(): Promise<string> {
  if (!inWeCom) return '不在企业微信里'
  try {
    return (await call(() => getContext())).entry ?? '没有说'
  } catch (error) {
    return error instanceof WeComError ? error.problem : '没有登录'
  }
}

/** Resolves when WeCom took the card. No time limit here: on a phone the guide may think before confirming. */
export async function sendToChat(message: SendChatMessage): Promise<void> {
  try {
    await sendChatMessage(message)
  } catch (rejection) {
    throw heard(rejection)
  }
}

/** What the guide held the camera to; undefined: they turned back. No time limit: finding the code takes a while. */
export async function scanCode(): Promise<string | undefined> {
  try {
    const scanType = [ScanQRCodeType.qrCode, ScanQRCodeType.barCode]
    const { resultStr = '' } = await scanQRCode({ needResult: true, scanType })
    // Some clients put the kind of a bar code in front: `CODE_128,`.
    return resultStr.replace(/^[A-Z]+_\w+,/, '')
  } catch (rejection) {
    const error = heard(rejection)
    if (error instanceof WeComError && error.problem === 'cancelled') return undefined
    throw error
  }
}

export async function copyThroughWeCom(text: string): Promise<void> {
  await within(setClipboardData({ data: text }), 1500, () => new WeComError('silent', ''))
}
