import { cookiesIn } from './cookies.ts'

/** Names of the cookies the product set, kept in the browser itself, so that a restart forgets nothing. */
export const SESSION_RECORD_COOKIE = 'simulator_sessions'
/** The account the simulated client is signed in with; also the mark of a browser that runs the simulator. */
export const ACCOUNT_COOKIE = 'simulator_account'

interface ProductCookie {
  name: string
  path: string
  secure: boolean
}

/** A Set-Cookie line that remembers what this answer sets, beside what was remembered; undefined when nothing is new. */
export function recordCookies(requestCookie: string | undefined, setCookies: readonly string[]): string | undefined {
  const known = recorded(requestCookie)
  const fresh = setCookies.map(readSetCookie).filter((cookie) => !known.some((other) => same(other, cookie)))
  if (fresh.length === 0) return undefined
  const value = encodeURIComponent(JSON.stringify([...known, ...fresh]))
  return `${SESSION_RECORD_COOKIE}=${value}; Path=/; SameSite=Lax; HttpOnly`
}

/** WeCom drops the WebView's cookies when another account signs in: Set-Cookie lines that do the same. */
export function endSessions(requestCookie: string | undefined): string[] {
  return recorded(requestCookie).map(
    ({ name, path, secure }) => `${name}=; Path=${path}; Max-Age=0; SameSite=Lax; HttpOnly${secure ? '; Secure' : ''}`,
  )
}

export function accountCookie(guide: string): string {
  return `${ACCOUNT_COOKIE}=${encodeURIComponent(guide)}; Path=/; SameSite=Lax; HttpOnly`
}

function recorded(requestCookie: string | undefined): ProductCookie[] {
  const value = cookiesIn(requestCookie).get(SESSION_RECORD_COOKIE)
  if (!value) return []
  try {
    const list: unknown = JSON.parse(decodeURIComponent(value))
    return Array.isArray(list) ? list.filter(isProductCookie) : []
  } catch {
    return [] // somebody else's cookie of that name
  }
}

function readSetCookie(line: string): ProductCookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length)
  return {
    name: pair.split('=')[0] ?? '',
    path: path || '/',
    secure: attributes.some((attribute) => /^secure$/i.test(attribute)),
  }
}

function same(left: ProductCookie, right: ProductCookie): boolean {
  return left.name === right.name && left.path === right.path && left.secure === right.secure
}

function isProductCookie(value: unknown): value is ProductCookie {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'path' in value &&
    typeof value.path === 'string' &&
    'secure' in value &&
    typeof value.secure === 'boolean'
  )
}
