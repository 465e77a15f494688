import Type, { type Static } from 'typebox'
import { Fen, Id, Name, OneOf, Time, Url, UserId } from './text.ts'

const strict = { additionalProperties: false } as const

/** One record of `PUT /open/v1/stores`. */
export const StoreRecord = Type.Object(
  {
    storeId: Id,
    name: Name,
    kind: Type.Optional(OneOf('store', 'counter')),
    ownership: Type.Optional(OneOf('self_operated', 'joint_venture', 'franchise')),
    brand: Type.Optional(Name),
    address: Type.Optional(Name),
    latitude: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
    longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
    departmentId: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,9}$',
        description:
          'WeCom department that is this store: its members, and those of the departments below it, belong to the store unless PUT /guides says otherwise. Left out: no department.',
      }),
    ),
  },
  strict,
)
export type StoreRecord = Static<typeof StoreRecord>

/** One record of `PUT /open/v1/guides`. */
export const GuideRecord = Type.Object(
  { userId: UserId, storeId: Id, role: Type.Optional(OneOf('guide', 'manager')) },
  strict,
)
export type GuideRecord = Static<typeof GuideRecord>

/** One record of `PUT /open/v1/products`. */
export const ProductRecord = Type.Object(
  {
    productId: Id,
    name: Name,
    price: Fen,
    brand: Type.Optional(Name),
    category: Type.Optional(Name),
    imageUrl: Type.Optional(Url),
    url: Type.Optional(Url),
    miniProgram: Type.Optional(
      Type.Object({ appId: Id, page: Type.String({ minLength: 1, maxLength: 1024 }) }, strict),
    ),
    onSale: Type.Optional(Type.Boolean()),
    stock: Type.Optional(
      Type.Array(Type.Object({ storeId: Id, quantity: Type.Integer({ minimum: 0, maximum: 2_000_000_000 }) }, strict), {
        maxItems: 2000,
      }),
    ),
  },
  strict,
)
export type ProductRecord = Static<typeof ProductRecord>

/** One record of `PUT /open/v1/members`. */
export const MemberRecord = Type.Object(
  {
    memberNo: Id,
    externalUserId: Type.Optional(Id),
    unionId: Type.Optional(Id),
    phone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })),
    name: Type.Optional(Name),
    birthday: Type.Optional(Type.String({ format: 'date', pattern: '^[1-9]' })),
    tier: Type.Optional(Name),
    points: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
    storedValue: Type.Optional(Fen),
    joinedAt: Type.Optional(Time),
  },
  strict,
)
export type MemberRecord = Static<typeof MemberRecord>

/** One record of `PUT /open/v1/coupons`: a coupon template. */
export const CouponRecord = Type.Object(
  {
    couponId: Id,
    title: Name,
    kind: OneOf('amount', 'percent', 'gift'),
    value: Fen,
    minimumSpend: Type.Optional(Fen),
    validFrom: Time,
    validTo: Time,
    stock: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000_000 })),
    perCustomer: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    redeemAt: Type.Optional(OneOf('store', 'mall', 'both')),
    storeIds: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
    stackable: Type.Optional(
      Type.Boolean({ description: 'Goes together with other coupons on one order, if they are stackable too' }),
    ),
    costShare: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 10_000,
        description: 'Basis points of what the coupon gives that the mall bears; the brand bears the rest',
      }),
    ),
  },
  strict,
)
export type CouponRecord = Static<typeof CouponRecord>

/** The answer to every `PUT /open/v1/…`. */
export const BatchAnswer = Type.Object({
  accepted: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Array(
    Type.Object({
      index: Type.Integer(),
      id: Type.Optional(Type.String()),
      code: Type.String(),
      detail: Type.Optional(Type.String()),
    }),
  ),
})
export type BatchAnswer = Static<typeof BatchAnswer>
