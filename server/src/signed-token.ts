import { createHmac, timingSafeEqual } from 'node:crypto'

/** Tokens in links to customers: short, expiring, and worthless for any other purpose than their own. */
export interface TokenSigner {
  /** `value` may hold letters, digits, `-` and `_`. */
  sign(purpose: string, value: string, expiresAt: Date): string
  /** The value and its expiry, or undefined when forged or malformed. Expiry is the caller's to judge. */
  read(purpose: string, token: string): { value: string; expiresAt: Date } | undefined
}

/** Signs with the newest secret, reads with any: so SESSION_SECRET can be rotated. */
export function createTokenSigner(secrets: readonly string[]): TokenSigner {
  const [newest] = secrets
  if (newest === undefined) throw new Error('a token signer needs a secret')
  return {
    sign(purpose, value, expiresAt) {
      const body = `${value}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`
      return `${body}.${mac(newest, purpose, body)}`
    },
    read(purpose, token) {
      const parts = /^([\w-]{1,128})\.([0-9a-z]{1,10})\.([\w-]{22})$/.exec(token)
      if (!parts) return undefined
      const [, value = '', expiry = '', signature = ''] = parts
      const genuine = secrets.some((secret) => same(mac(secret, purpose, `${value}.${expiry}`), signature))
      return genuine ? { value, expiresAt: new Date(Number.parseInt(expiry, 36) * 1000) } : undefined
    },
  }
}

/** 128 bits as 22 base64url characters. */
function mac(secret: string, purpose: string, body: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${body}`).digest().subarray(0, 16).toString('base64url')
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
