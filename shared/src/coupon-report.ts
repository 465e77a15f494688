import Type, { type Static } from 'typebox'

const figures = {
  issued: Type.Integer(),
  /** Each step counts those that got at least so far. */
  opened: Type.Integer(),
  claimed: Type.Integer(),
  redeemed: Type.Integer(),
  /** Orders that name one of the codes, or for which one was redeemed, each once. */
  orders: Type.Integer(),
  /** What was paid for them, gross, fen. */
  amount: Type.Integer(),
  /** What the redeemed coupons gave, fen. */
  cost: Type.Integer(),
  /** Of the cost, where the template says who bears it. */
  costMall: Type.Integer(),
  costBrand: Type.Integer(),
  /** Percent coupons redeemed of which nobody told for how much: not in the cost. */
  costUnknown: Type.Integer(),
}

/** `GET /open/v1/reports/coupons`: the coupons issued in the period, and what became of them until now. */
export const CouponReport = Type.Object({
  rows: Type.Array(
    Type.Object({
      /** Absent: issued by nobody in particular. */
      key: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      ...figures,
    }),
  ),
  total: Type.Object(figures),
})
export type CouponReport = Static<typeof CouponReport>
