import Type, { type Static } from 'typebox'
import { Fen, Id, Name, OneOf, Time } from './text.ts'

export const Channel = OneOf('store', 'mall', 'group', 'live', 'guide_share', 'douyin', 'kuaishou', 'other')
export type Channel = Static<typeof Channel>

/** One record of `PUT /open/v1/orders`. */
export const OrderRecord = Type.Object(
  {
    orderId: Id,
    channel: Channel,
    placedAt: Time,
    lines: Type.Array(
      Type.Object(
        {
          productId: Id,
          quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
          amount: Fen,
          name: Type.Optional(Name),
          unitPrice: Type.Optional(Fen),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 500 },
    ),
    storeId: Type.Optional(Id),
    customer: Type.Optional(
      Type.Object(
        {
          externalUserId: Type.Optional(Id),
          unionId: Type.Optional(Id),
          phone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })),
          memberNo: Type.Optional(Id),
        },
        { additionalProperties: false },
      ),
    ),
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

/** One purchase as the sidebar's 消费 tab shows it. */
export const Purchase = Type.Object({
  orderId: Type.String(),
  channel: Channel,
  placedAt: Type.String(),
  storeName: Type.Optional(Type.String()),
  paidAmount: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      productId: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      amount: Type.Integer(),
      imageUrl: Type.Optional(Type.String()),
    }),
  ),
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
})
export type OpenOrder = Static<typeof OpenOrder>

export const OpenOrderPage = Type.Object({
  orders: Type.Array(OpenOrder),
  nextCursor: Type.Optional(Type.String()),
})
export type OpenOrderPage = Static<typeof OpenOrderPage>
