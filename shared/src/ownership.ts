import Type, { type Static } from 'typebox'
import { Id, OneOf, UserId } from './text.ts'

/** Why a decision was taken; kept in the audit. */
export const Reason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S.*\\S' })

const Owner = Type.Object({ userId: Type.String(), since: Type.String() })

/** `GET /open/v1/customers/{externalUserId}/ownership`: the first friend, then every move, oldest first. */
export const Ownership = Type.Object({
  externalUserId: Type.String(),
  owner: Type.Optional(Owner),
  firstFriend: Type.Optional(Owner),
  moves: Type.Array(
    Type.Object({
      fromUserId: Type.Optional(Type.String()),
      toUserId: Type.String(),
      cause: OneOf('handover', 'ruling'),
      reason: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
      at: Type.String(),
    }),
  ),
})
export type Ownership = Static<typeof Ownership>

/** `POST /api/customers/{externalUserId}/ruling` */
export const Ruling = Type.Object({ toUserId: UserId, reason: Reason }, { additionalProperties: false })
export type Ruling = Static<typeof Ruling>

/** `POST /open/v1/rulings`; `by`: who decided. */
export const OpenRuling = Type.Object(
  { externalUserId: Id, toUserId: UserId, reason: Reason, by: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
)
export type OpenRuling = Static<typeof OpenRuling>

export const Ruled = Type.Object({ externalUserId: Type.String(), owner: Owner })
export type Ruled = Static<typeof Ruled>
