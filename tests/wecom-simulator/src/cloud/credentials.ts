import { randomBytes } from 'node:crypto'
import { WeComError } from './errors.ts'
import { type Ticket, type TicketKind, type Tickets, ticketFor } from './tickets.ts'

/** What the app is known by. Kept with the world: a token outlives a restart of WeCom too. */
export interface Credentials {
  secret: string
  token?: { value: string /** milliseconds */; expiresAt: number }
  /** Once good, answered with 42001 rather than 40014. */
  expiredTokens: string[]
  tickets: Tickets
}

const TOKEN_LIFETIME_S = 7200
/** WeCom bans an IP after "many" wrong secrets (doc 90313 §45009) and names no number. */
const WRONG_SECRETS_ALLOWED = 30
const BAN_MS = 60 * 60_000
const REMEMBERED_TOKENS = 20

export function newCredentials(secret: string): Credentials {
  return { secret, expiredTokens: [], tickets: new Map<TicketKind, Ticket>() }
}

/** The same token as long as it lives (doc 91039, edition of 2020). */
export function tokenFor(credentials: Credentials, now: Date): { access_token: string; expires_in: number } {
  const { token } = credentials
  if (token && token.expiresAt > now.getTime()) {
    return { access_token: token.value, expires_in: Math.floor((token.expiresAt - now.getTime()) / 1000) }
  }
  expireToken(credentials)
  const value = randomBytes(64).toString('base64url')
  credentials.token = { value, expiresAt: now.getTime() + TOKEN_LIFETIME_S * 1000 }
  return { access_token: value, expires_in: TOKEN_LIFETIME_S }
}

export function requireLiveToken(credentials: Credentials, given: string | undefined, now: Date) {
  if (!given) throw new WeComError(41001, 'access_token missing')
  if (credentials.expiredTokens.includes(given)) throw new WeComError(42001, 'access_token expired')
  if (credentials.token?.value !== given) throw new WeComError(40014, 'invalid access_token')
  if (credentials.token.expiresAt <= now.getTime()) throw new WeComError(42001, 'access_token expired')
}

export function expireToken(credentials: Credentials) {
  if (!credentials.token) return
  credentials.expiredTokens = [credentials.token.value, ...credentials.expiredTokens].slice(0, REMEMBERED_TOKENS)
  credentials.token = undefined
}

/** Tickets are renewed, so that what was signed with the old ones is stale. */
export function renewTickets(credentials: Credentials, now: Date) {
  const kinds = [...credentials.tickets.keys()]
  credentials.tickets.clear()
  for (const kind of kinds) ticketFor(credentials.tickets, kind, now)
}

export function revokeSecret(credentials: Credentials): string {
  credentials.secret = randomBytes(32).toString('base64url')
  credentials.token = undefined
  credentials.expiredTokens = []
  return credentials.secret
}

/** By IP, one hour after too many wrong secrets. */
export function createSecretGuard() {
  const wrong = new Map<string, { times: number; until: number }>()
  return {
    check(ip: string, now: Date) {
      const known = wrong.get(ip)
      if (!known || known.until <= now.getTime()) wrong.delete(ip)
      else if (known.times >= WRONG_SECRETS_ALLOWED) throw new WeComError(45009, 'api freq out of limit, ip banned')
    },
    failed(ip: string, now: Date) {
      const times = (wrong.get(ip)?.times ?? 0) + 1
      wrong.set(ip, { times, until: now.getTime() + BAN_MS })
    },
  }
}
