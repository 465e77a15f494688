import type { PurchasePage } from '@zhanggui/shared/order.ts'
import { getJson } from '../api/request.ts'
import { customerPath } from '../customer/customer-api.ts'
import { makeMemory } from '../loading/memory.ts'
import { useLoaded } from '../loading/use-loaded.ts'
import { useMore } from '../loading/use-more.ts'

const memory = makeMemory<PurchasePage>()

export function usePurchases(externalUserId: string) {
  const path = `${customerPath(externalUserId)}/orders`
  const page = useLoaded<PurchasePage>({
    key: externalUserId,
    load: (signal) => getJson(path, signal),
    memory,
  })
  const next = useMore(
    page,
    (cursor) => getJson(`${path}?cursor=${encodeURIComponent(cursor)}`),
    (shown, more) => ({ ...shown, purchases: [...shown.purchases, ...more.purchases], nextCursor: more.nextCursor }),
  )
  return { page, next }
}
