import type { CouponBoard } from '@zhanggui/shared/coupon.ts'
import { getJson } from '../api/request.ts'
import { customerPath } from '../customer/customer-api.ts'
import { makeMemory } from '../loading/memory.ts'
import { type Loaded, useLoaded } from '../loading/use-loaded.ts'

const memory = makeMemory<CouponBoard>()

export function useCoupons(externalUserId: string): Loaded<CouponBoard> {
  return useLoaded({
    key: externalUserId,
    load: (signal) => getJson(`${customerPath(externalUserId)}/coupons`, signal),
    memory,
  })
}
