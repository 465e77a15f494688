import { createHash } from 'node:crypto'
import type { TokenSigner } from '../signed-token.ts'

const PURPOSE = 'sign-in'

/** What the browser keeps while WeCom asks who this is: the page to return to, bound to one state. */
export function sealPending(
  tokens: TokenSigner,
  { state, next }: { state: string; next: string },
  expiresAt: Date,
): string {
  return `${tokens.sign(PURPOSE, digest(state, next), expiresAt)}~${Buffer.from(next).toString('base64url')}`
}

/** The page to return to, if this browser began this very sign-in and not too long ago. */
export function openPending(
  tokens: TokenSigner,
  cookie: string | undefined,
  state: string,
  now: Date,
): string | undefined {
  const [token = '', encoded = ''] = cookie?.split('~') ?? []
  const next = Buffer.from(encoded, 'base64url').toString()
  const read = tokens.read(PURPOSE, token)
  if (read?.value !== digest(state, next) || read.expiresAt <= now) return undefined
  return next
}

function digest(state: string, next: string): string {
  return createHash('sha256').update(`${state}\0${next}`).digest('base64url')
}
