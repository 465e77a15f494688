import { randomBytes } from 'node:crypto'

/** agent: ticket/get?type=agent_config, corp: get_jsapi_ticket (doc 90506). */
export type TicketKind = 'agent' | 'corp'

export interface Ticket {
  value: string
  /** milliseconds */
  expiresAt: number
}

export type Tickets = Map<TicketKind, Ticket>

const LIFETIME_S = 7200

export function liveTicket(tickets: Tickets, kind: TicketKind, now: Date): string | undefined {
  const ticket = tickets.get(kind)
  return ticket && ticket.expiresAt > now.getTime() ? ticket.value : undefined
}

/** The same ticket until it expires. */
export function ticketFor(tickets: Tickets, kind: TicketKind, now: Date): { ticket: string; expires_in: number } {
  const known = tickets.get(kind)
  if (known && known.expiresAt > now.getTime()) {
    return { ticket: known.value, expires_in: Math.floor((known.expiresAt - now.getTime()) / 1000) }
  }
  const value = randomBytes(48).toString('base64url')
  tickets.set(kind, { value, expiresAt: now.getTime() + LIFETIME_S * 1000 })
  return { ticket: value, expires_in: LIFETIME_S }
}
