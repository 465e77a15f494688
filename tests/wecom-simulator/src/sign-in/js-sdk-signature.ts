import { createHash } from 'node:crypto'
import { liveTicket, type TicketKind, type Tickets } from '../cloud/tickets.ts'

export interface JsSdkSignature {
  /** agent: getAgentConfigSignature, corp: getConfigSignature (doc 96909) */
  kind: TicketKind
  /** The URL the page has; a fragment is cut off, as the client does (doc 90506). */
  url: string
  timestamp: string | number
  nonceStr: string
  signature: string
}

/** 40093 wrong signature or stale ticket, 42012 signed with the other kind of ticket (doc 90313). */
export type JsSdkVerdict = { ok: true } | { ok: false; errcode: 40093 | 42012 }

export function jsSdkSignature(ticket: string, nonceStr: string, timestamp: string | number, url: string): string {
  const [page] = url.split('#')
  const signed = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${page}`
  return createHash('sha1').update(signed).digest('hex')
}

export function checkJsSdkSignature(tickets: Tickets, now: Date, given: JsSdkSignature): JsSdkVerdict {
  const matches = (kind: TicketKind) => {
    const ticket = liveTicket(tickets, kind, now)
    return (
      ticket !== undefined && jsSdkSignature(ticket, given.nonceStr, given.timestamp, given.url) === given.signature
    )
  }
  if (matches(given.kind)) return { ok: true }
  return { ok: false, errcode: matches(given.kind === 'agent' ? 'corp' : 'agent') ? 42012 : 40093 }
}
