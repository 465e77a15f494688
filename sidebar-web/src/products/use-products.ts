import type { ProductPage } from '@zhanggui/shared/product.ts'
import { type Ref, toValue } from 'vue'
import { getJson } from '../api/request.ts'
import { makeMemory } from '../loading/memory.ts'
import { useLoaded } from '../loading/use-loaded.ts'
import { useMore } from '../loading/use-more.ts'

const memory = makeMemory<ProductPage>()

/** What suits this customer and sells here; with a query, what matches it. */
export function useProducts(externalUserId: string, query: Readonly<Ref<string>>) {
  const path = (cursor?: string) => {
    const params = new URLSearchParams({ externalUserId })
    if (toValue(query)) params.set('q', toValue(query))
    if (cursor) params.set('cursor', cursor)
    return `/api/products?${params}`
  }
  const page = useLoaded<ProductPage>({
    key: () => path(),
    load: (signal) => getJson(path(), signal),
    memory,
  })
  const next = useMore(
    page,
    (cursor) => getJson(path(cursor)),
    (shown, more) => ({ ...shown, products: [...shown.products, ...more.products], nextCursor: more.nextCursor }),
  )
  return { page, next }
}
