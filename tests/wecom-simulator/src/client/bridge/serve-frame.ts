import type { BridgeCall, BridgeReply, ClientEffect, NativeAnswer } from '../../bridge/bridge-types.ts'
import { scanAnswer } from '../../bridge/dialect.ts'
import type { MessageContent } from '../../control-types.ts'
import { callBridge } from '../api.ts'
import { isoNow } from '../state/clock.ts'
import { addWireLine } from '../state/wire.ts'

/** A call as the bridge script posts it. */
interface FrameCall {
  wecomCall: number
  page: string
  name: string
  params: Record<string, unknown>
  href: string
}

/** Where the frame is shown: decides what it may learn. */
export type FrameContext = Omit<BridgeCall, 'name' | 'params' | 'href' | 'page'>

export interface FrameHost {
  frame(): HTMLIFrameElement | null
  /** The origin the frame's page must have. */
  origin(): string | undefined
  context(): FrameContext
  perform(effect: ClientEffect, context: FrameContext): void
  /** True for 发送; then the content has been sent. */
  confirm(content: MessageContent, enterChat: boolean, context: FrameContext): Promise<boolean>
  /** The text read, undefined when the camera was closed. */
  scan(): Promise<string | undefined>
}

/** Answers the SDK inside the frame until the returned function is called. */
export function serveFrame(host: FrameHost): () => void {
  async function onMessage({ data, source, origin }: MessageEvent<unknown>): Promise<void> {
    const frame = host.frame()?.contentWindow
    if (!frame || source !== frame || origin !== host.origin() || !isFrameCall(data)) return
    const context = host.context()
    const startedAt = performance.now()
    const { name, params, href, page } = data
    const answer = await answerFor(host, { ...context, name, params, href, page }, context)
    record(name, answer, performance.now() - startedAt)
    if (answer) frame.postMessage({ wecomReply: data.wecomCall, page, answer }, origin)
  }

  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}

/** WeCom has no event for another conversation; the window only gets the focus back. */
export function tellFocus(frame: HTMLIFrameElement | null, origin: string | undefined): void {
  if (origin) frame?.contentWindow?.postMessage({ wecomEvent: 'focus' }, origin)
}

async function answerFor(host: FrameHost, call: BridgeCall, context: FrameContext): Promise<NativeAnswer | undefined> {
  const reply: BridgeReply = await callBridge(call)
  if (reply.kind === 'silent') return undefined
  if (reply.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, reply.delayMs))
  switch (reply.kind) {
    case 'answer':
      if (reply.effect) host.perform(reply.effect, context)
      return reply.answer
    case 'confirm':
      return (await host.confirm(reply.content, reply.enterChat, context)) ? reply.agreed : reply.cancelled
    case 'scan': {
      const text = await host.scan()
      return text === undefined ? reply.cancelled : scanAnswer(call.platform, text)
    }
  }
}

let recorded = 0

function record(name: string, answer: NativeAnswer | undefined, ms: number): void {
  const words = String(answer?.err_msg ?? answer?.errmsg ?? '没有回答')
  const outcome = words.startsWith(`${name}:`) ? words.slice(name.length + 1) : words
  addWireLine({
    id: `sdk-${++recorded}`,
    at: isoNow(),
    kind: 'sdk',
    label: `ww.${name}`,
    outcome,
    ok: outcome === 'ok',
    ms: Math.round(ms),
  })
}

function isFrameCall(data: unknown): data is FrameCall {
  return (
    typeof data === 'object' &&
    data !== null &&
    'wecomCall' in data &&
    typeof data.wecomCall === 'number' &&
    'name' in data &&
    typeof data.name === 'string' &&
    'page' in data &&
    typeof data.page === 'string' &&
    'href' in data &&
    typeof data.href === 'string' &&
    'params' in data &&
    typeof data.params === 'object' &&
    data.params !== null
  )
}
