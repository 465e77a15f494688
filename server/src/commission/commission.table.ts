import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { Channel } from '@zhanggui/shared/order.ts'
import type { GeneratedAlways, JSONColumnType } from 'kysely'
import type { StoreTable } from '../stores/stores.table.ts'

export interface CommissionRuleTable {
  ruleId: string
  version: number
  credit: Credit
  /** Basis points. */
  rate: number
  effectiveFrom: Date
  effectiveTo: Date | null
  productId: string | null
  category: string | null
  brand: string | null
  channel: Channel | null
  ownership: StoreTable['ownership'] | null
  publishedAt: Date
}

/** Which version of which rule a product of an order earns by. */
export interface Pick {
  productId: string
  credit: Credit
  ruleId: string
  version: number
}

export interface CommissionTermsTable {
  orderId: string
  version: number
  placedAt: Date
  channel: Channel
  storeId: string | null
  picks: JSONColumnType<Pick[]>
  unknownProducts: string[]
  unknownStoreId: string | null
  isUncovered: boolean
  confirmsAt: Date
  madeAt: Date
}

export interface CommissionEntryTable {
  entryId: GeneratedAlways<number>
  orderId: string
  entryNo: number
  guideUserId: string
  credit: Credit
  kind: 'earn' | 'reversal' | 'correction'
  refundId: string | null
  ruleId: string
  ruleVersion: number
  rate: number
  base: number
  amount: number
  orderRevision: number
  attributionVersion: number
  termsVersion: number
  occurredAt: Date
  confirmsAt: Date
  postedAt: Date
}

export interface CommissionPeriodTable {
  /** YYYY-MM in Asia/Shanghai. */
  period: string
  closedAt: Date
  closedBy: string
  entries: number
  total: number
}

export interface CommissionSettlementTable {
  entryId: number
  period: string
}
