import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import { makeMemory } from '../loading/memory.ts'
import { type Loaded, useLoaded } from '../loading/use-loaded.ts'
import { usePolling } from '../loading/use-polling.ts'
import { getCustomer } from './customer-api.ts'
import { expectsNews } from './customer-words.ts'

const memory = makeMemory<CustomerCard>()
const SOON_MS = 6000

/** The customer of this chat. While they may be enrolling on their phone, the card keeps itself up to date. */
export function useCustomer(externalUserId: string): Loaded<CustomerCard> {
  const customer = useLoaded({
    key: externalUserId,
    load: (signal) => getCustomer(externalUserId, signal),
    memory,
  })
  usePolling(
    () => (customer.data.value && expectsNews(customer.data.value, Date.now()) ? SOON_MS : undefined),
    customer.refresh,
  )
  return customer
}
