import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

export const SalesKey = OneOf('day', 'channel', 'store', 'guide', 'product', 'brand')
export type SalesKey = Static<typeof SalesKey>

const sales = {
  orders: Type.Integer(),
  /** Different people who ordered, as far as an order says who. */
  buyers: Type.Integer(),
  units: Type.Integer(),
  /** Of the lines, fen, whatever was given back later. */
  amount: Type.Integer(),
  refunds: Type.Integer(),
  refundAmount: Type.Integer(),
}
const money = {
  /** Money received after coupons, and given back, fen: of whole orders, so not told by product or brand. */
  paidAmount: Type.Optional(Type.Integer()),
  refundPaidAmount: Type.Optional(Type.Integer()),
}

/** `GET /open/v1/reports/sales` and `GET /api/reports/sales` */
export const SalesReport = Type.Object({
  rows: Type.Array(
    Type.Object({
      /** Absent: of no store, credited to nobody, of an unknown brand. */
      key: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      ...sales,
      ...money,
    }),
  ),
  /** Each order, refund and buyer once. */
  total: Type.Object({ ...sales, ...money }),
})
export type SalesReport = Static<typeof SalesReport>

/** `GET /open/v1/reports/sell-through`. `rate` is sold ÷ onSale, `share` of the amount of all rows. */
export const SellThroughReport = Type.Object({
  rows: Type.Array(
    Type.Object({
      key: Type.Optional(Type.String()),
      onSale: Type.Integer(),
      sold: Type.Integer(),
      rate: Type.Number(),
      units: Type.Integer(),
      amount: Type.Integer(),
      share: Type.Number(),
    }),
  ),
})
export type SellThroughReport = Static<typeof SellThroughReport>

const repurchase = {
  buyers: Type.Integer(),
  /** Those with two orders or more. */
  repeatBuyers: Type.Integer(),
  rate: Type.Number(),
}

/** `GET /open/v1/reports/repurchase`: by a key, two orders under that same key. */
export const RepurchaseReport = Type.Object({
  rows: Type.Array(Type.Object({ key: Type.Optional(Type.String()), ...repurchase })),
  total: Type.Object(repurchase),
})
export type RepurchaseReport = Static<typeof RepurchaseReport>

const connected = {
  /** Who bought in a store. */
  buyers: Type.Integer(),
  /** Of them, who is a guide's friend in WeCom now. */
  connected: Type.Integer(),
  rate: Type.Number(),
}

/** `GET /open/v1/reports/connected-buyers`: 连接率, by store. */
export const ConnectedBuyersReport = Type.Object({
  rows: Type.Array(Type.Object({ key: Type.Optional(Type.String()), ...connected })),
  total: Type.Object(connected),
})
export type ConnectedBuyersReport = Static<typeof ConnectedBuyersReport>

/** A fraction, so that nothing is rounded. */
const Factor = Type.Object({ numerator: Type.Integer(), denominator: Type.Integer() })

/**
 * `GET /open/v1/reports/four-factors`: 零售场景 × 关系数 × 转化率 × 客单价. The four multiply exactly to `sales`; without
 * a relation there is no conversion to speak of, and then the factors are absent.
 */
export const FourFactorsReport = Type.Object({
  /** The `amount` of the sales report, fen. */
  sales: Type.Integer(),
  scenes: Type.Integer(),
  relations: Type.Integer(),
  orders: Type.Integer(),
  factors: Type.Optional(
    Type.Object({
      scenes: Factor,
      relationsPerScene: Factor,
      conversion: Factor,
      averageOrderValue: Factor,
    }),
  ),
})
export type FourFactorsReport = Static<typeof FourFactorsReport>
