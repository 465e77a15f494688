import type { Generated } from 'kysely'

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
  validTo: Date
  openedAt: Date | null
  withdrawnAt: Date | null
}
