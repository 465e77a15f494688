import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

export const CouponKind = Type.Union([Type.Literal('amount'), Type.Literal('percent'), Type.Literal('gift')])
export const RedeemAt = Type.Union([Type.Literal('store'), Type.Literal('mall'), Type.Literal('both')])

export const CouponOffer = Type.Object({
  couponId: Type.String(),
  title: Type.String(),
  kind: CouponKind,
  /** Fen off, or percent off; for a gift its worth in fen. */
  value: Type.Integer(),
  minimumSpend: Type.Integer(),
  validFrom: Type.String(),
  validTo: Type.String(),
  remaining: Type.Optional(Type.Integer()),
  perCustomer: Type.Integer(),
  redeemAt: RedeemAt,
  storeNames: Type.Array(Type.String()),
  /** Why it cannot be sent to this customer now; absent when it can. */
  unavailable: Type.Optional(OneOf('coupon_out_of_stock', 'coupon_limit_reached', 'coupon_not_valid')),
})
export type CouponOffer = Static<typeof CouponOffer>

export const HeldCoupon = Type.Object({
  couponId: Type.String(),
  title: Type.String(),
  kind: CouponKind,
  value: Type.Integer(),
  minimumSpend: Type.Integer(),
  /** issued: given, not opened yet. claimed: the customer said they keep it. */
  state: OneOf('issued', 'opened', 'claimed', 'redeemed', 'expired'),
  issuedAt: Type.String(),
  issuedByName: Type.Optional(Type.String()),
  validTo: Type.String(),
  redeemedAt: Type.Optional(Type.String()),
  /** Absent when redeemed in the online mall. */
  redeemedStoreName: Type.Optional(Type.String()),
})
export type HeldCoupon = Static<typeof HeldCoupon>

/** `GET /api/customers/{externalUserId}/coupons` */
export const CouponBoard = Type.Object({ offers: Type.Array(CouponOffer), held: Type.Array(HeldCoupon) })
export type CouponBoard = Static<typeof CouponBoard>
