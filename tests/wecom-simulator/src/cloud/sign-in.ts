import { randomBytes } from 'node:crypto'
import type { ReadContext } from '../context.ts'
import { findMember, listFollowersOf } from '../world/find.ts'
import { derivedId } from '../world/random.ts'
import { createSecretGuard, tokenFor } from './credentials.ts'
import type { Call } from './endpoint.ts'
import { WeComError } from './errors.ts'
import { ticketFor } from './tickets.ts'

/** doc 91023: 5 minutes, single use. */
const CODE_LIFETIME_MS = 5 * 60_000
const FORGET_AFTER_MS = 60 * 60_000

export type OauthCodes = ReturnType<typeof createOauthCodes>

export function createOauthCodes() {
  const codes = new Map<string, { account: string; issuedAt: number; used: boolean }>()
  return {
    issue(account: string, now: Date): string {
      for (const [code, { issuedAt }] of codes) {
        if (now.getTime() - issuedAt <= FORGET_AFTER_MS) break
        codes.delete(code)
      }
      const code = randomBytes(32).toString('base64url')
      codes.set(code, { account, issuedAt: now.getTime(), used: false })
      return code
    },
    use(code: string | undefined, now: Date): string {
      const known = code ? codes.get(code) : undefined
      if (!known || known.used) throw new WeComError(40029, 'invalid code')
      if (now.getTime() - known.issuedAt > CODE_LIFETIME_MS) throw new WeComError(42003, 'code expired')
      known.used = true
      return known.account
    },
  }
}

/** doc 91039. The guard knows IPs, so each simulator has its own. */
export function createGetToken() {
  const guard = createSecretGuard()
  return ({ context, query, now, ip }: Call<ReadContext>) => {
    guard.check(ip, now)
    if (!query.corpid) throw new WeComError(41002, 'corpid missing')
    if (!query.corpsecret) throw new WeComError(41004, 'corpsecret missing')
    if (query.corpid !== context.corpId) throw new WeComError(40013, 'invalid corpid')
    if (query.corpsecret !== context.credentials.secret) {
      guard.failed(ip, now)
      throw new WeComError(40001, 'invalid credential')
    }
    return tokenFor(context.credentials, now)
  }
}

/** doc 90506: the corp's ticket. */
export function getCorpTicket({ context, now }: Call<ReadContext>) {
  return ticketFor(context.credentials.tickets, 'corp', now)
}

/** The app's ticket, by the name SDKs use. */
export function getAgentTicket({ context, query, now }: Call<ReadContext>) {
  if (query.type !== 'agent_config') throw new WeComError(91040, 'invalid ticket type')
  return ticketFor(context.credentials.tickets, 'agent', now)
}

/** doc 91023: who is no member comes as openid, and as a customer when somebody in range follows them. */
export function createGetUserInfo(codes: OauthCodes) {
  return ({ context, query, now }: Call) => {
    const account = codes.use(query.code, now)
    const member = findMember(context.world, account)
    if (member) return { userid: member.userId }
    if (!context.world.customers.has(account)) throw new WeComError(40029, 'invalid code')
    const known = listFollowersOf(context.world, account).length > 0
    return { openid: derivedId('o', account), ...(known ? { external_userid: account } : {}) }
  }
}
