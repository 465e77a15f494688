import type { CounterRedeemed } from '@zhanggui/shared/redemption.ts'
import { postJson } from '../api/request.ts'

/** The same `requestId` again is not a second redemption. */
export function postRedemption(code: string, requestId: string): Promise<CounterRedeemed> {
  return postJson('/api/coupons/redeem', { code, requestId })
}

export function postUndo(code: string, reason: string): Promise<unknown> {
  return postJson('/api/coupons/undo-redemption', { code, reason })
}
