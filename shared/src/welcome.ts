import Type, { type Static } from 'typebox'
import { Id, Url } from './text.ts'

const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })

/** Attachments as WeCom's send_welcome_msg takes them (doc 92137), with media named by URL instead of media_id. */
export const WelcomeAttachment = Type.Union([
  Type.Object(
    { msgtype: Type.Literal('image'), image: Type.Object({ url: Url }, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      msgtype: Type.Literal('link'),
      link: Type.Object(
        {
          title: Type.String({ minLength: 1 }),
          url: Url,
          desc: Type.Optional(Type.String()),
          picurl: Type.Optional(Url),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      msgtype: Type.Literal('miniprogram'),
      miniprogram: Type.Object(
        { title: Type.String({ minLength: 1 }), appid: Id, page: Type.String({ minLength: 1 }), pic_url: Url },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { msgtype: Type.Literal('video'), video: Type.Object({ url: Url }, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { msgtype: Type.Literal('file'), file: Type.Object({ url: Url }, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
])
export type WelcomeAttachment = Static<typeof WelcomeAttachment>

/** All given conditions must hold; an absent one is no condition. Hours are Asia/Shanghai and may cross midnight. */
export const WelcomeMatch = Type.Object(
  {
    guideIds: Type.Optional(Type.Array(Id)),
    storeIds: Type.Optional(Type.Array(Id)),
    states: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }))),
    /** 1 Monday … 7 Sunday. */
    weekdays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }))),
    from: Type.Optional(Clock),
    to: Type.Optional(Clock),
  },
  { additionalProperties: false },
)
export type WelcomeMatch = Static<typeof WelcomeMatch>

/** One record of `PUT /open/v1/welcome-rules`. Texts may hold {customer} {guide} {store}. */
export const WelcomeRuleRecord = Type.Object(
  {
    ruleId: Id,
    text: Type.String({ minLength: 1, maxLength: 4000 }),
    memberText: Type.Optional(Type.String({ minLength: 1, maxLength: 4000 })),
    /** At most 8: the ninth place is the membership invitation's. */
    attachments: Type.Optional(Type.Array(WelcomeAttachment, { maxItems: 8 })),
    match: WelcomeMatch,
    priority: Type.Optional(Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
)
export type WelcomeRuleRecord = Static<typeof WelcomeRuleRecord>

/** `GET /open/v1/reports/welcomes`; times run from callback received to WeCom's yes. */
export const WelcomeReport = Type.Object({
  sent: Type.Integer(),
  expired: Type.Integer(),
  raced: Type.Integer(),
  failed: Type.Integer(),
  noCode: Type.Integer(),
  p50Ms: Type.Optional(Type.Integer()),
  p99Ms: Type.Optional(Type.Integer()),
})
export type WelcomeReport = Static<typeof WelcomeReport>
