import Type, { type Static } from 'typebox'
import { Reason } from './ownership.ts'
import { OneOf, UserId } from './text.ts'

/** Two separate credits on one order: 销售单 and 服务单. */
export const Credit = OneOf('sales', 'service')
export type Credit = Static<typeof Credit>

const correction = {
  credit: Credit,
  /** Null: nobody. */
  guideId: Type.Union([UserId, Type.Null()]),
  reason: Reason,
}

/** `POST /api/orders/{orderId}/attribution-corrections` */
export const AttributionCorrection = Type.Object(correction, { additionalProperties: false })
export type AttributionCorrection = Static<typeof AttributionCorrection>

/** `POST /open/v1/orders/{orderId}/attribution-corrections`; `by`: who decided. */
export const OpenAttributionCorrection = Type.Object(
  { ...correction, by: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
)
export type OpenAttributionCorrection = Static<typeof OpenAttributionCorrection>

const Guide = Type.Optional(Type.String())

/** One version of who is credited, with what it was decided from. */
export const AttributionVersion = Type.Object({
  version: Type.Integer(),
  cause: OneOf('placed', 'identity', 'owner', 'till', 'correction'),
  sales: Type.Object({ guideId: Guide, why: OneOf('till', 'owner', 'sharer', 'correction', 'nobody') }),
  service: Type.Object({ guideId: Guide, why: OneOf('till', 'redeemer', 'correction', 'nobody') }),
  ownerGuideId: Guide,
  sharerGuideId: Guide,
  tillSalesGuideId: Guide,
  tillServiceGuideId: Guide,
  redeemerGuideId: Guide,
  rule: OneOf('owner_first', 'sharer_first'),
  windowDays: Type.Integer(),
  reason: Type.Optional(Type.String()),
  by: Type.Optional(Type.String()),
  at: Type.String(),
})
export type AttributionVersion = Static<typeof AttributionVersion>

/** `GET /open/v1/orders/{orderId}/attribution`: the last version counts. */
export const OrderAttribution = Type.Object({
  orderId: Type.String(),
  placedAt: Type.String(),
  versions: Type.Array(AttributionVersion),
})
export type OrderAttribution = Static<typeof OrderAttribution>
