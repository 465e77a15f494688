import { randomInt } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { type Dispatcher, request } from 'undici'
import type { CallbackSettings } from '../settings.ts'
import { encrypt } from './crypto.ts'
import { sign, withQuery } from './seal.ts'

export interface UrlVerification {
  ok: boolean
  ms: number
  status?: number
  reason?: 'status' | 'wrong plaintext' | 'too slow' | 'unreachable'
}

/** doc 90930: the answer must come within 1 s. */
const VERIFY_TIMEOUT_MS = 1000

/** What WeCom does when an admin presses save in the callback settings. */
export async function verifyCallbackUrl(
  settings: CallbackSettings,
  corpId: string,
  at: Date,
  dispatcher: Dispatcher,
): Promise<UrlVerification> {
  const plaintext = `${randomInt(1_000_000_000, 9_999_999_999)}${randomInt(100_000_000, 999_999_999)}`
  const echostr = encrypt(settings.aesKey, corpId, plaintext)
  const url = withQuery(settings.url, { ...sign(settings, echostr, at), echostr })
  const started = performance.now()
  try {
    const answer = await request(url, { dispatcher, signal: AbortSignal.timeout(VERIFY_TIMEOUT_MS) })
    const text = await answer.body.text()
    const result = { ms: performance.now() - started, status: answer.statusCode }
    if (answer.statusCode !== 200) return { ok: false, ...result, reason: 'status' }
    return text === plaintext ? { ok: true, ...result } : { ok: false, ...result, reason: 'wrong plaintext' }
  } catch (cause) {
    const slow = cause instanceof Error && cause.name === 'TimeoutError'
    return { ok: false, ms: performance.now() - started, reason: slow ? 'too slow' : 'unreachable' }
  }
}
