import type { Generated, GeneratedAlways } from 'kysely'

export interface CouponTemplateTable {
  couponId: string
  title: string
  kind: 'amount' | 'percent' | 'gift'
  value: number
  minimumSpend: number
  validFrom: Date
  validTo: Date
  stock: number | null
  perCustomer: number
  redeemAt: 'store' | 'mall' | 'both'
  storeIds: string[]
  stackable: boolean
  costShare: number | null
  issued: Generated<number>
  updatedAt: Date
}

export interface CouponTable {
  code: string
  couponId: string
  externalUserId: string
  ordinal: number
  token: string
  issuedAt: Date
  issuedBy: string | null
  issuedStoreId: string | null
  validTo: Date
  openedAt: Date | null
  claimedAt: Date | null
  withdrawnAt: Date | null
  redeemedAt: Date | null
  redeemedStoreId: string | null
  redeemedBy: string | null
  redeemedOrderId: string | null
  redeemedAmount: number | null
  redeemedKind: CouponTemplateTable['kind'] | null
  redeemedValue: number | null
  redeemedShare: number | null
}

export interface CouponEventTable {
  couponEventId: GeneratedAlways<number>
  code: string
  what: 'issued' | 'opened' | 'claimed' | 'withdrawn' | 'redeemed' | 'undone'
  at: Date
  guideUserId: string | null
  storeId: string | null
  orderId: string | null
  source: string
  reason: string | null
  requestId: string | null
}
