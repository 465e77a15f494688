import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { EarnedOrderPage, Earnings } from '@zhanggui/shared/commission.ts'
import { getJson } from '../api/request.ts'
import { makeMemory } from '../loading/memory.ts'
import { useLoaded } from '../loading/use-loaded.ts'
import { useMore } from '../loading/use-more.ts'

const sums = makeMemory<Earnings>()
const lists = makeMemory<EarnedOrderPage>()

/** Of this month while `month` is undefined. */
export function useEarnings(month: () => string | undefined) {
  return useLoaded<Earnings>({
    key: () => month() ?? '',
    load: (signal) => getJson(`/api/earnings${query({ month: month() })}`, signal),
    memory: sums,
  })
}

export function useEarnedOrders(credit: () => Credit, month: () => string | undefined) {
  const path = (cursor?: string) => `/api/earnings/orders${query({ credit: credit(), month: month(), cursor })}`
  const page = useLoaded<EarnedOrderPage>({
    key: () => `${credit()} ${month() ?? ''}`,
    load: (signal) => getJson(path(), signal),
    memory: lists,
  })
  const next = useMore(
    page,
    (cursor) => getJson(path(cursor)),
    (shown, more) => ({ orders: [...shown.orders, ...more.orders], nextCursor: more.nextCursor }),
  )
  return { page, next }
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
  return given.length === 0 ? '' : `?${given.join('&')}`
}
