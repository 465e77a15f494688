import type { Channel, OrderRecord } from '@zhanggui/shared/order.ts'
import type { JSONColumnType } from 'kysely'

export interface SalesOrderTable {
  orderId: string
  channel: Channel
  placedAt: Date
  storeId: string | null
  externalUserId: string | null
  memberNo: string | null
  unionId: string | null
  phoneHash: string | null
  salesGuideId: string | null
  serviceGuideId: string | null
  shareToken: string | null
  couponCodes: string[]
  paidAmount: number
  digest: string
  revision: number
  receivedAt: Date
}

export interface SalesOrderLineTable {
  orderId: string
  lineNo: number
  productId: string
  name: string | null
  quantity: number
  amount: number
  unitPrice: number | null
}

export interface SalesOrderRevisionTable {
  orderId: string
  revision: number
  record: JSONColumnType<OrderRecord>
  receivedAt: Date
}
