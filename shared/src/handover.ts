import Type, { type Static } from 'typebox'
import { Id, OneOf, UserId } from './text.ts'

/** active: the giver goes on working (在职继承); resigned: the giver has left (离职继承). */
export const HandoverKind = OneOf('active', 'resigned')
export type HandoverKind = Static<typeof HandoverKind>

/** queued: WeCom has not been asked yet; waiting: it said yes and takes a day; else how it ended. */
export const CustomerHandoverState = OneOf('queued', 'waiting', 'done', 'refused', 'limit', 'failed')
export type CustomerHandoverState = Static<typeof CustomerHandoverState>

export const GroupHandoverState = OneOf('queued', 'done', 'failed')
export type GroupHandoverState = Static<typeof GroupHandoverState>

/** `POST /open/v1/handovers` */
export const HandoverWish = Type.Object(
  {
    kind: HandoverKind,
    fromUserId: UserId,
    toUserId: UserId,
    /** Absent: everybody the giver has. */
    externalUserIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 20_000, uniqueItems: true })),
    /** What the customers read when it is done; only with an active handover. Characters (doc 92125). */
    message: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** The giver's groups as well. */
    groups: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type HandoverWish = Static<typeof HandoverWish>

export const HandoverAccepted = Type.Object({ handoverId: Type.String() })
export type HandoverAccepted = Static<typeof HandoverAccepted>

const Outcome = {
  /** Stable, for machines. */
  reason: Type.Optional(Type.String()),
  /** The same to read. */
  detail: Type.Optional(Type.String()),
  /** WeCom's. */
  errcode: Type.Optional(Type.Integer()),
  endedAt: Type.Optional(Type.String()),
}

/** `GET /open/v1/handovers/{handoverId}?cursor=`; its groups come with the first page. */
export const HandoverStatus = Type.Object({
  handoverId: Type.String(),
  kind: HandoverKind,
  fromUserId: Type.String(),
  toUserId: Type.String(),
  state: OneOf('running', 'finished'),
  askedAt: Type.String(),
  finishedAt: Type.Optional(Type.String()),
  /** How many customers stand where. */
  counts: Type.Object({
    queued: Type.Integer(),
    waiting: Type.Integer(),
    done: Type.Integer(),
    refused: Type.Integer(),
    limit: Type.Integer(),
    failed: Type.Integer(),
  }),
  customers: Type.Array(Type.Object({ externalUserId: Type.String(), state: CustomerHandoverState, ...Outcome })),
  groups: Type.Optional(Type.Array(Type.Object({ chatId: Type.String(), state: GroupHandoverState, ...Outcome }))),
  nextCursor: Type.Optional(Type.String()),
})
export type HandoverStatus = Static<typeof HandoverStatus>
