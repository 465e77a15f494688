import type { Channel } from '@zhanggui/shared/order.ts'
import type { ColumnType, GeneratedAlways } from 'kysely'

export interface OrderAttributionTable {
  orderId: string
  version: number
  cause: 'placed' | 'identity' | 'owner' | 'till' | 'correction'
  externalUserId: string | null
  channel: Channel
  placedAt: Date
  ownerGuideId: string | null
  sharerGuideId: string | null
  tillSalesGuideId: string | null
  tillServiceGuideId: string | null
  redeemerGuideId: string | null
  rule: 'owner_first' | 'sharer_first'
  windowDays: number
  salesGuideId: string | null
  salesWhy: 'till' | 'owner' | 'sharer' | 'correction' | 'nobody'
  serviceGuideId: string | null
  serviceWhy: 'till' | 'redeemer' | 'correction' | 'nobody'
  reason: string | null
  correctedBy: string | null
  madeAt: Date
}

export interface CreditDueTable {
  creditDueId: GeneratedAlways<number>
  orderId: string
}

/** The version of each order that counts. */
export type OrderCreditView = {
  [Column in keyof OrderAttributionTable]: ColumnType<OrderAttributionTable[Column], never, never>
}
