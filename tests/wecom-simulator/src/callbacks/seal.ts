import { randomInt } from 'node:crypto'
import type { CallbackSettings } from '../settings.ts'
import { encrypt, signature } from './crypto.ts'
import { toXml } from './xml.ts'

export interface SealedCallback {
  url: string
  query: { msg_signature: string; timestamp: string; nonce: string }
  body: string
}

/** doc 90930: the contacts assistant is no application, so its envelope has no AgentID. */
interface Envelope {
  corpId: string
  agentId?: string
}

export function sealCallback(settings: CallbackSettings, envelope: Envelope, xml: string, at: Date): SealedCallback {
  const encrypted = encrypt(settings.aesKey, envelope.corpId, xml)
  const signed = sign(settings, encrypted, at)
  const body = toXml('xml', { ToUserName: envelope.corpId, AgentID: envelope.agentId, Encrypt: encrypted })
  return { url: settings.url, query: signed, body }
}

export function sign(settings: CallbackSettings, encrypted: string, at: Date): SealedCallback['query'] {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = String(randomInt(1_000_000_000, 4_000_000_000))
  return { msg_signature: signature(settings.token, timestamp, nonce, encrypted), timestamp, nonce }
}

export function withQuery(url: string, query: Record<string, string>): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target.href
}
