import Type, { type Static } from 'typebox'
import { Fen, Id, Name, OneOf, Time } from './text.ts'

export const Channel = OneOf('store', 'mall', 'group', 'live', 'guide_share', 'douyin', 'kuaishou', 'other')
export type Channel = Static<typeof Channel>

/** A line of an order or a refund. */
export const OrderLine = Type.Object(
  {
    productId: Id,
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    amount: Fen,
    name: Type.Optional(Name),
    unitPrice: Type.Optional(Fen),
  },
  { additionalProperties: false },
)

/** Under which the buyer is known to whoever sends the record. */
export const CustomerIds = Type.Object(
  {
    externalUserId: Type.Optional(Id),
    unionId: Type.Optional(Id),
    phone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })),
    memberNo: Type.Optional(Id),
  },
  { additionalProperties: false },
)
export type CustomerIds = Static<typeof CustomerIds>

/** One record of `PUT /open/v1/orders`. */
export const OrderRecord = Type.Object(
  {
    orderId: Id,
    channel: Channel,
    placedAt: Time,
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: 2000 }),
    storeId: Type.Optional(Id),
    customer: Type.Optional(CustomerIds),
    salesGuideId: Type.Optional(Id),
    serviceGuideId: Type.Optional(Id),
    shareToken: Type.Optional(Id),
    coupons: Type.Optional(Type.Array(Id, { maxItems: 50 })),
    /** Default: the sum of the lines. */
    paidAmount: Type.Optional(Fen),
  },
  { additionalProperties: false },
)
export type OrderRecord = Static<typeof OrderRecord>

/** One purchase as the sidebar's 消费 tab shows it, or a refund of which no order is known. */
export const Purchase = Type.Object({
  /** The refund's id, for a refund without an order. */
  orderId: Type.String(),
  isRefund: Type.Optional(Type.Boolean()),
  channel: Channel,
  placedAt: Type.String(),
  storeName: Type.Optional(Type.String()),
  /** Of a refund: what was given back. */
  paidAmount: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      productId: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      amount: Type.Integer(),
      imageUrl: Type.Optional(Type.String()),
      /** Pieces of this line that were brought back. */
      returned: Type.Optional(Type.Integer()),
    }),
  ),
  /** What was given back of an order, newest first. */
  refunds: Type.Optional(Type.Array(Type.Object({ refundedAt: Type.String(), amount: Type.Integer() }))),
  /** Titles of the coupons redeemed on it. */
  coupons: Type.Optional(Type.Array(Type.String())),
  /** A guide named this order as the customer's; the one who may undo that is a manager. */
  boundBy: Type.Optional(Type.Object({ userId: Type.String(), name: Type.Optional(Type.String()), at: Type.String() })),
  salesGuideName: Type.Optional(Type.String()),
  serviceGuideName: Type.Optional(Type.String()),
})
export type Purchase = Static<typeof Purchase>

/** `GET /api/customers/{externalUserId}/orders?cursor=`: newest first. `habits` come with the first page only. */
export const PurchasePage = Type.Object({
  purchases: Type.Array(Purchase),
  nextCursor: Type.Optional(Type.String()),
  habits: Type.Optional(
    Type.Object({
      unitsPerOrder: Type.Number(),
      /** Median days between orders; absent below three orders. */
      intervalDays: Type.Optional(Type.Integer()),
      /** First and third quartile of order values, fen; absent below four orders. */
      usualSpend: Type.Optional(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
      favouriteCategory: Type.Optional(Type.Object({ name: Type.String(), percent: Type.Integer() })),
      favouriteBrand: Type.Optional(Type.Object({ name: Type.String(), percent: Type.Integer() })),
    }),
  ),
})
export type PurchasePage = Static<typeof PurchasePage>

/** `GET /open/v1/customers/{externalUserId}/orders?cursor=`: newest first. */
export const OpenOrder = Type.Object({
  orderId: Type.String(),
  channel: Channel,
  placedAt: Type.String(),
  storeId: Type.Optional(Type.String()),
  memberNo: Type.Optional(Type.String()),
  salesGuideId: Type.Optional(Type.String()),
  serviceGuideId: Type.Optional(Type.String()),
  shareToken: Type.Optional(Type.String()),
  coupons: Type.Array(Type.String()),
  paidAmount: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      productId: Type.String(),
      name: Type.Optional(Type.String()),
      quantity: Type.Integer(),
      amount: Type.Integer(),
      unitPrice: Type.Optional(Type.Integer()),
    }),
  ),
  /** What was given back of it, oldest first; absent when nothing was. */
  refunds: Type.Optional(
    Type.Array(Type.Object({ refundId: Type.String(), refundedAt: Type.String(), amount: Type.Integer() })),
  ),
})
export type OpenOrder = Static<typeof OpenOrder>

export const OpenOrderPage = Type.Object({
  orders: Type.Array(OpenOrder),
  nextCursor: Type.Optional(Type.String()),
})
export type OpenOrderPage = Static<typeof OpenOrderPage>
