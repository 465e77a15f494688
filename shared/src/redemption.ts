import Type, { type Static } from 'typebox'
import { CouponKind } from './coupon.ts'
import { CustomerIds } from './order.ts'
import { Reason } from './ownership.ts'
import { Fen, Id, UserId } from './text.ts'

const strict = { additionalProperties: false }

/** As printed, typed or scanned: case, spaces and dashes do not count, O is read as 0, I and L as 1. */
const TypedCode = Type.String({ minLength: 1, maxLength: 64 })

/** `POST /open/v1/coupons/issue` */
export const IssueWish = Type.Object({ couponId: Id, customer: CustomerIds, guideId: Type.Optional(UserId) }, strict)

export type IssueWish = Static<typeof IssueWish>

export const IssuedCoupon = Type.Object({ code: Type.String(), url: Type.String(), validTo: Type.String() })

/** `POST /open/v1/coupons/redeem` */
export const RedeemWish = Type.Object(
  {
    code: TypedCode,
    storeId: Type.Optional(Type.String({ ...Id, description: 'Absent when redeemed in the online mall' })),
    guideId: Type.Optional(UserId),
    orderId: Type.Optional(Id),
    amount: Type.Optional(
      Type.Integer({ ...Fen, description: 'Fen bought before the coupon, for a till whose order comes later' }),
    ),
  },
  strict,
)

export type RedeemWish = Static<typeof RedeemWish>

const Redeemed = {
  code: Type.String(),
  redeemedAt: Type.String(),
  title: Type.String(),
  kind: CouponKind,
  /** Fen off, or percent off; for a gift its worth in fen. */
  value: Type.Integer(),
  minimumSpend: Type.Integer(),
  storeName: Type.Optional(Type.String()),
  guideName: Type.Optional(Type.String()),
}

export const RedeemedCoupon = Type.Object({
  ...Redeemed,
  couponId: Type.String(),
  externalUserId: Type.String(),
  storeId: Type.Optional(Type.String()),
  guideId: Type.Optional(Type.String()),
  orderId: Type.Optional(Type.String()),
})
export type RedeemedCoupon = Static<typeof RedeemedCoupon>

/** `POST /open/v1/coupons/undo-redemption`; `by`: the manager or the HQ user who decided. */
export const UndoWish = Type.Object({ code: TypedCode, reason: Reason, by: UserId }, strict)

/** `POST /api/coupons/redeem`: the store is the guide's own. The same `requestId` again gets the same answer. */
export const CounterRedemption = Type.Object({ requestId: Type.String({ format: 'uuid' }), code: TypedCode }, strict)
export const CounterRedeemed = Type.Object(Redeemed)
export type CounterRedeemed = Static<typeof CounterRedeemed>

/** `POST /api/coupons/undo-redemption` */
export const CounterUndo = Type.Object({ code: TypedCode, reason: Reason }, strict)

export const UndoneRedemption = Type.Object({ code: Type.String(), undoneAt: Type.String() })
