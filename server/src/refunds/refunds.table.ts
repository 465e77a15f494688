import type { Channel } from '@zhanggui/shared/order.ts'
import type { RefundRecord } from '@zhanggui/shared/refund.ts'
import type { JSONColumnType } from 'kysely'

export interface SalesRefundTable {
  refundId: string
  orderId: string | null
  channel: Channel | null
  refundedAt: Date
  storeId: string | null
  externalUserId: string | null
  memberNo: string | null
  unionId: string | null
  phoneHash: string | null
  amount: number
  digest: string
  revision: number
  receivedAt: Date
}

export interface SalesRefundLineTable {
  refundId: string
  lineNo: number
  productId: string
  name: string | null
  quantity: number
  amount: number
  unitPrice: number | null
}

export interface SalesRefundRevisionTable {
  refundId: string
  revision: number
  record: JSONColumnType<RefundRecord>
  receivedAt: Date
}
