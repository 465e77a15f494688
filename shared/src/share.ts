import Type, { type Static } from 'typebox'

/** An id as the database can keep it: no NUL. */
const KeptId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' })

/** `POST /api/shares`. The same `requestId` again gives the same share: a double tap sends once. */
export const ShareRequest = Type.Object(
  {
    requestId: Type.String({ format: 'uuid' }),
    externalUserId: KeptId,
    kind: Type.Union([Type.Literal('coupon'), Type.Literal('product'), Type.Literal('invitation')]),
    /** couponId or productId; absent for an invitation. */
    refId: Type.Optional(KeptId),
  },
  { additionalProperties: false },
)
export type ShareRequest = Static<typeof ShareRequest>

/** What the page hands to `ww.sendChatMessage`, and the link as the way out. */
export const ShareView = Type.Object({
  shareId: Type.String(),
  title: Type.String(),
  link: Type.String(),
  message: Type.Object({
    msgtype: Type.Literal('news'),
    news: Type.Object({ link: Type.String(), title: Type.String(), desc: Type.String(), imgUrl: Type.String() }),
  }),
})
export type ShareView = Static<typeof ShareView>

/** `POST /api/shares/{shareId}/outcome`. handed_over: WeCom took it; whether the guide pressed send is not told. */
export const ShareOutcome = Type.Object(
  {
    outcome: Type.Union([
      Type.Literal('handed_over'),
      Type.Literal('cancelled'),
      Type.Literal('refused'),
      Type.Literal('unsupported'),
      Type.Literal('unknown'),
    ]),
    /** The client's error message, folded, without ids. */
    detail: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
)
export type ShareOutcome = Static<typeof ShareOutcome>
