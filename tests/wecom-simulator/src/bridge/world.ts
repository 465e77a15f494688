import type { FindMedia } from './chat-message.ts'

export interface SignedPage {
  url: string
  timestamp: string
  nonceStr: string
  signature: string
}

/** What the client knows of the corp it is signed in to. */
export interface BridgeWorld {
  corpId: string
  agentId: string
  /** Whether the page is on one of the app's trusted domains. */
  isTrusted(href: string): boolean
  /** Whether the member is inside the app's visible range. */
  seesApp(guide: string): boolean
  checkSignature(kind: 'agent' | 'corp', signed: SignedPage): { ok: true } | { ok: false; errcode: number }
  findMedia: FindMedia
}
