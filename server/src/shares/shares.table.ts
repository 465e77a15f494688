import type { Generated } from 'kysely'

export interface ShareTable {
  shareId: string
  token: string
  guideUserId: string
  requestId: string
  externalUserId: string
  kind: 'coupon' | 'product' | 'invitation'
  /** productId, coupon code, or invitation id. */
  ref: string
  title: string
  createdAt: Date
  outcome: 'handed_over' | 'cancelled' | 'refused' | 'unsupported' | 'unknown' | 'withdrawn' | null
  outcomeAt: Date | null
  visits: Generated<number>
  visitedAt: Date | null
}
