import type { SessionView, Signature } from '@zhanggui/shared/session.ts'
import { liveUrl, readBoot } from './boot.ts'
import { getJson, postJson } from './request.ts'
import { leaveToSignIn } from './sign-in.ts'

let session: SessionView | undefined
/** Fetched ahead for the first configuration; a signature serves once, so that a refused one is not used again. */
let firstSignature: { url: string; answer: Promise<Signature> } | undefined

/** Without a boot block both questions are asked at once: the SDK needs both answers. */
export async function getSession(): Promise<SessionView> {
  if (session) return session
  const boot = readBoot()
  if (boot && !boot.session) return leaveToSignIn()
  const url = liveUrl()
  const signature = boot?.signature && boot.url === url ? Promise.resolve(boot.signature) : askSignature('agent', url)
  signature.catch(() => {}) // told to whoever takes it
  firstSignature = { url, answer: signature }
  session = boot?.session ?? (await getJson<SessionView>('/api/session'))
  return session
}

export function signPage(kind: 'agent' | 'corp', url: string): Promise<Signature> {
  const ahead = firstSignature
  if (kind === 'agent') firstSignature = undefined
  return kind === 'agent' && ahead?.url === url ? ahead.answer : askSignature(kind, url)
}

function askSignature(kind: 'agent' | 'corp', url: string): Promise<Signature> {
  return postJson('/api/wecom/signature', { kind, url })
}
