/** What the stand-in client says; the page under test runs the SDK unmodified on top of it. */
export interface ClientMood {
  contact: string
  /** The customer group, when `entry` is one. */
  chatId: string
  entry: string
  /** What `sendChatMessage` answers; null: nothing at all. */
  send: Record<string, unknown> | null
  /** What `scanQRCode` answers. */
  scan?: Record<string, unknown>
  /** As `send`, for the two questions about the chat. */
  contactFailure?: Record<string, unknown> | null
  /** A client older than `getContext`. */
  contextUnknown: boolean
  /** Answers of `getCurExternalContact` wait for this many milliseconds. */
  contactDelay: number
  agentConfig: Record<string, unknown> | null
  /** As many configurations are refused for their signature before `agentConfig` holds. */
  badSignatures: number
}

export interface BridgeCall {
  name: string
  params: object
}

declare global {
  interface Window {
    client: ClientMood & { calls: BridgeCall[]; late: ((answer: object) => void)[] }
    WeixinJSBridge: unknown
  }
}

export const calm: ClientMood = {
  contact: '',
  chatId: '',
  entry: 'single_chat_tools',
  send: { err_msg: 'sendChatMessage:ok' },
  contactDelay: 0,
  contextUnknown: false,
  badSignatures: 0,
  agentConfig: { err_msg: 'agentConfig:ok', checkResult: {} },
}

/** Runs in the page before anything else. `window.client` is how a test turns to another chat. */
export function installClient(mood: ClientMood): void {
  const client: Window['client'] = { ...mood, calls: [], late: [] }
  window.client = client
  const bridge = {
    on() {},
    invoke(name: string, params: object, callback: (answer: object) => void) {
      client.calls.push({ name, params: JSON.parse(JSON.stringify(params)) })
      const answer = bridge.answer(name)
      if (answer === null) client.late.push(callback)
      // As in a real client: never in the same turn, and never the caller's own objects.
      else setTimeout(() => callback(JSON.parse(JSON.stringify(answer))), bridge.delay(name))
    },
    delay(name: string): number {
      return name === 'getCurExternalContact' ? client.contactDelay : 0
    },
    answer(name: string): object | null {
      if (name === 'agentConfig') {
        if (client.badSignatures-- > 0) return { err_msg: 'agentConfig:fail_invalid signature e=40093' }
        return client.agentConfig
      }
      if (name === 'preVerifyJSAPI') return { err_msg: 'preVerifyJSAPI:ok' }
      if (name === 'getContext' && !client.contextUnknown) return { err_msg: 'getContext:ok', entry: client.entry }
      if (name === 'sendChatMessage') return client.send
      if (name === 'scanQRCode' && client.scan) return client.scan
      if (name === 'setClipboardData') return { err_msg: 'setClipboardData:fail_nopermission' }
      if (name === 'getCurExternalChat') {
        if (client.entry !== 'group_chat_tools') return { errmsg: 'getCurExternalChat:fail_without context' }
        return { err_msg: 'getCurExternalChat:ok', chatId: client.chatId }
      }
      if (name !== 'getCurExternalContact') return { err_msg: 'system:function_not_exist' }
      if (client.contactFailure !== undefined) return client.contactFailure
      return { err_msg: 'getCurExternalContact:ok', userId: client.contact }
    },
  }
  window.WeixinJSBridge = bridge
}
