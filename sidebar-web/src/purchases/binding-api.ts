import type { BoundOrder } from '@zhanggui/shared/identity.ts'
import { postJson } from '../api/request.ts'
import { customerPath } from '../customer/customer-api.ts'

export function bindOrder(externalUserId: string, orderId: string): Promise<BoundOrder> {
  return postJson(`${customerPath(externalUserId)}/orders`, { orderId })
}

export function unbindOrder(externalUserId: string, orderId: string, reason: string): Promise<BoundOrder> {
  return postJson(`${customerPath(externalUserId)}/orders/undo`, { orderId, reason })
}
