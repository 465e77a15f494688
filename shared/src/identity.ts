import Type, { type Static } from 'typebox'
import { Reason } from './ownership.ts'
import { Id, OneOf } from './text.ts'

export const ConflictKind = OneOf('order', 'refund', 'member_no', 'union_id', 'phone')
export type ConflictKind = Static<typeof ConflictKind>

/** Why one side says what it says. */
export const IdentityEvidence = Type.Object({
  /** Which id speaks for this customer. */
  by: OneOf('external_user_id', 'member_no', 'union_id', 'phone', 'binding'),
  /** The id itself; of a phone 138****5678. */
  value: Type.Optional(Type.String()),
  /** The member through whom the id means this customer. */
  memberNo: Type.Optional(Type.String()),
  /** Whose word it is: the sender of the order, the CRM, the customer's own enrolment, WeCom, or a guide's userid. */
  told: Type.String(),
  at: Type.String(),
})
export type IdentityEvidence = Static<typeof IdentityEvidence>

const Decision = Type.Object({
  externalUserId: Type.String(),
  reason: Type.Optional(Type.String()),
  by: Type.String(),
  at: Type.String(),
})

export const IdentityConflict = Type.Object({
  id: Type.String(),
  kind: ConflictKind,
  /** The number of the order, refund or member, the unionid, or the phone as 138****5678. */
  subject: Type.String(),
  /** Whom it means as long as nobody decides; absent: nobody. */
  provisional: Type.Optional(Type.String()),
  sides: Type.Array(Type.Object({ externalUserId: Type.String(), evidence: Type.Array(IdentityEvidence) })),
  /** One taken before a further customer turned up is there, but the conflict is open again. */
  decision: Type.Optional(Decision),
})
export type IdentityConflict = Static<typeof IdentityConflict>

/** `GET /open/v1/identity-conflicts?state=&cursor=` */
export const IdentityConflictPage = Type.Object({
  conflicts: Type.Array(IdentityConflict),
  nextCursor: Type.Optional(Type.String()),
})
export type IdentityConflictPage = Static<typeof IdentityConflictPage>

const By = Type.String({ minLength: 1, maxLength: 128, description: 'Who decided' })

/** `POST /open/v1/identity-conflicts/{id}/decide` */
export const IdentityRuling = Type.Object(
  { externalUserId: Id, reason: Reason, by: By },
  { additionalProperties: false },
)
/** `POST /open/v1/identity-conflicts/{id}/undo` */
export const IdentityUndo = Type.Object({ reason: Reason, by: By }, { additionalProperties: false })
export const IdentityDecided = Type.Object({
  id: Type.String(),
  /** Whom it means now; absent: nobody. */
  externalUserId: Type.Optional(Type.String()),
})
export type IdentityDecided = Static<typeof IdentityDecided>

/** `GET /open/v1/unmatched?cursor=`: newest first. */
export const UnmatchedPage = Type.Object({
  entries: Type.Array(
    Type.Object({
      kind: OneOf('order', 'refund'),
      id: Type.String(),
      at: Type.String(),
      amount: Type.Integer(),
      channel: Type.Optional(Type.String()),
      storeId: Type.Optional(Type.String()),
      /** Of a refund. */
      orderId: Type.Optional(Type.String()),
      memberNo: Type.Optional(Type.String()),
      unionId: Type.Optional(Type.String()),
      /** anonymous: it names nobody; unknown: its ids mean nobody, or more than one. A phone is not told. */
      reason: OneOf('anonymous', 'unknown'),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
})
export type UnmatchedPage = Static<typeof UnmatchedPage>

/** `POST /api/customers/{externalUserId}/orders` */
export const BindOrder = Type.Object({ orderId: Id }, { additionalProperties: false })
export const BoundOrder = Type.Object({ orderId: Type.String(), externalUserId: Type.String() })
export type BoundOrder = Static<typeof BoundOrder>
/** `POST /api/customers/{externalUserId}/orders/undo` */
export const UnbindOrder = Type.Object({ orderId: Id, reason: Reason }, { additionalProperties: false })
