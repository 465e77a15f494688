import type { Channel } from '@zhanggui/shared/order.ts'
import type { GeneratedAlways } from 'kysely'
import type { Dimension } from './dimensions.ts'

export interface SalesFactTable {
  source: 'order' | 'refund'
  sourceId: string
  at: Date
  buyer: string | null
  channel: Channel
  storeId: string
  guideId: string
  units: number
  amount: number
  money: number
}

export interface SalesFactLineTable {
  source: 'order' | 'refund'
  sourceId: string
  productId: string
  brand: string
  at: Date
  units: number
  amount: number
}

export interface RepeatPurchaseTable {
  orderId: string
  dimension: Dimension
  key: string
  at: Date
  previousAt: Date
  beforeAt: Date | null
}

export interface SalesCellTable {
  dimension: Dimension
  /** YYYY-MM-DD */
  spanFrom: string
  key: string
  orders: number
  named: number
  buyers: number
  units: number
  amount: number
  money: number
  refunds: number
  refundAmount: number
  refundMoney: number
}

export interface SalesDueTable {
  salesDueId: GeneratedAlways<number>
  kind: 'order' | 'refund' | 'product' | 'store'
  id: string
}
