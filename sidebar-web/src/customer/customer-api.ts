import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import { getJson } from '../api/request.ts'

let started: { externalUserId: string; card: Promise<CustomerCard> } | undefined

export function customerPath(externalUserId: string): string {
  return `/api/customers/${encodeURIComponent(externalUserId)}`
}

/** Asks for the first customer while the screen itself is still on its way. */
export function startCustomer(externalUserId: string): void {
  const card = getJson<CustomerCard>(customerPath(externalUserId))
  card.catch(() => {}) // told to whoever takes it
  started = { externalUserId, card }
}

export function getCustomer(externalUserId: string, signal: AbortSignal): Promise<CustomerCard> {
  const ahead = started
  started = undefined
  return ahead?.externalUserId === externalUserId ? ahead.card : getJson(customerPath(externalUserId), signal)
}
