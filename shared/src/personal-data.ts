import Type, { type Static } from 'typebox'
import { Reason } from './ownership.ts'

/** `POST /open/v1/customers/{externalUserId}/erase` */
export const Erasure = Type.Object({ reason: Reason }, { additionalProperties: false })
export type Erasure = Static<typeof Erasure>

export const Erased = Type.Object({ externalUserId: Type.String(), erasedAt: Type.String() })
export type Erased = Static<typeof Erased>

/** `POST /open/v1/customers/{externalUserId}/export`; the answer is a zip. */
export const ExportWish = Type.Object({ reason: Type.Optional(Reason) }, { additionalProperties: false })
export type ExportWish = Static<typeof ExportWish>

/** `POST /api/customers/{externalUserId}/phone` */
export const PhoneWish = Type.Object({ reason: Reason }, { additionalProperties: false })
export type PhoneWish = Static<typeof PhoneWish>

export const RevealedPhones = Type.Object({
  /** The member's own. */
  phone: Type.Optional(Type.String()),
  /** What guides noted in WeCom. */
  noted: Type.Array(Type.String()),
})
export type RevealedPhones = Static<typeof RevealedPhones>

/** `GET /open/v1/audit?subject=&cursor=` */
export const AuditPage = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Type.String(),
      actor: Type.String(),
      action: Type.String(),
      subject: Type.String(),
      reason: Type.Optional(Type.String()),
      detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      at: Type.String(),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
})
export type AuditPage = Static<typeof AuditPage>
