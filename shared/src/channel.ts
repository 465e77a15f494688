import Type, { type Static } from 'typebox'
import { Id, Name, OneOf, Time, UserId } from './text.ts'

const strict = { additionalProperties: false } as const

/** A code of one guide, of several, of a store's guides on duty; or an acquisition link (获客助手). */
export const ChannelKind = OneOf('guide', 'guides', 'store', 'link')
export type ChannelKind = Static<typeof ChannelKind>

/** The way of acquisition: by a guide's hand, with a coupon, from a live session, in public. */
export const ChannelSource = OneOf('guide', 'coupon', 'live', 'public')
export type ChannelSource = Static<typeof ChannelSource>

/** A corp tag by its id, or by its group and name. */
export const ChannelTag = Type.Union([
  Type.Object({ tagId: Id }, strict),
  Type.Object({ group: Name, name: Name }, strict),
])
export type ChannelTag = Static<typeof ChannelTag>

/** What a channel is to be, whoever says it. */
const wish = {
  name: Name,
  source: ChannelSource,
  guideIds: Type.Optional(Type.Array(UserId, { maxItems: 500 })),
  storeIds: Type.Optional(Type.Array(Id, { maxItems: 500 })),
  /** Friends need not wait for the guide's yes; default true, as WeCom's. */
  skipVerify: Type.Optional(Type.Boolean()),
  tags: Type.Optional(Type.Array(ChannelTag, { maxItems: 20 })),
  ruleId: Type.Optional(Id),
  /** Before and after, friends come in all the same, but without the channel's tags and welcome. */
  validFrom: Type.Optional(Time),
  validTo: Type.Optional(Time),
  /** Friends a guide is given a day by this channel. */
  dailyCap: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
}

/** One record of `PUT /open/v1/channels`. A field left out takes its default. `retired: true` is for good. */
export const ChannelRecord = Type.Object(
  { channelId: Id, kind: ChannelKind, ...wish, retired: Type.Optional(Type.Boolean()) },
  strict,
)
export type ChannelRecord = Static<typeof ChannelRecord>

/** `POST /api/channels`; the id is made by the page, so that a second tap makes no second channel. */
export const NewChannel = Type.Object(
  { channelId: Type.String({ format: 'uuid' }), kind: ChannelKind, ...wish },
  strict,
)
export type NewChannel = Static<typeof NewChannel>

/** `POST /api/channels/{channelId}` */
export const ChannelChange = Type.Object(wish, strict)
export type ChannelChange = Static<typeof ChannelChange>

/** Days of Asia/Shanghai, both included. */
export const Leave = Type.Object(
  {
    from: Type.String({ format: 'date', pattern: '^[1-9]' }),
    to: Type.String({ format: 'date', pattern: '^[1-9]' }),
  },
  strict,
)
export type Leave = Static<typeof Leave>

/** One record of `PUT /open/v1/duty`, and the body of `POST /api/duty`. Off duty or on leave: no new friends by shared codes. */
export const DutyRecord = Type.Object(
  { userId: UserId, onDuty: Type.Optional(Type.Boolean()), leaves: Type.Optional(Type.Array(Leave, { maxItems: 50 })) },
  strict,
)
export type DutyRecord = Static<typeof DutyRecord>

/** creating: WeCom has not been heard yet · failed: it refused, `failure` says why · retired: for good. */
export const ChannelStatus = OneOf('creating', 'live', 'failed', 'retired')
export type ChannelStatus = Static<typeof ChannelStatus>

const NamedGuide = Type.Object({ userId: Type.String(), name: Type.Optional(Type.String()) })
const NamedStore = Type.Object({ storeId: Type.String(), name: Type.Optional(Type.String()) })

/** A channel as it stands: `GET /open/v1/channels`, and the sidebar's list. Numbers are of today in Asia/Shanghai. */
export const ChannelView = Type.Object({
  channelId: Type.String(),
  name: Type.String(),
  kind: ChannelKind,
  source: ChannelSource,
  guides: Type.Array(NamedGuide),
  stores: Type.Array(NamedStore),
  skipVerify: Type.Boolean(),
  tags: Type.Array(ChannelTag),
  ruleId: Type.Optional(Type.String()),
  validFrom: Type.Optional(Type.String()),
  validTo: Type.Optional(Type.String()),
  dailyCap: Type.Optional(Type.Integer()),
  status: ChannelStatus,
  /** Why WeCom refused, ready to read. */
  failure: Type.Optional(Type.String()),
  failureErrcode: Type.Optional(Type.Integer()),
  /** What to know while it works, ready to read. */
  notes: Type.Array(Type.String()),
  /** Comes back with every friend as their relation's channel. */
  state: Type.String(),
  configId: Type.Optional(Type.String()),
  linkId: Type.Optional(Type.String()),
  /** WeCom's picture of the code, or the link with its customer_channel. */
  url: Type.Optional(Type.String()),
  /** Who is handed to the next friends. */
  next: Type.Array(NamedGuide),
  createdAt: Type.String(),
  retiredAt: Type.Optional(Type.String()),
  today: Type.Object({ added: Type.Integer(), lost: Type.Integer() }),
  total: Type.Integer(),
  /** Of links only (doc 97299): profile opened, friendship requested, first message. */
  visits: Type.Optional(Type.Object({ opened: Type.Integer(), requested: Type.Integer(), chatted: Type.Integer() })),
})
export type ChannelView = Static<typeof ChannelView>

export const ChannelList = Type.Object({ channels: Type.Array(ChannelView) })
export type ChannelList = Static<typeof ChannelList>

/** One page of `GET /open/v1/channels`, by channelId. */
export const ChannelPage = Type.Object({ channels: Type.Array(ChannelView), nextCursor: Type.Optional(Type.String()) })
export type ChannelPage = Static<typeof ChannelPage>

/** 我的码; `channel` is absent until the guide has asked for one. */
export const MyCode = Type.Object({ channel: Type.Optional(ChannelView) })
export type MyCode = Static<typeof MyCode>

/** Whoever a manager may put behind a code, and what may be bound to it. */
export const ChannelChoices = Type.Object({
  guides: Type.Array(
    Type.Object({
      userId: Type.String(),
      name: Type.Optional(Type.String()),
      storeId: Type.Optional(Type.String()),
      onDuty: Type.Boolean(),
      leaves: Type.Array(Leave),
    }),
  ),
  stores: Type.Array(Type.Object({ storeId: Type.String(), name: Type.String() })),
  tags: Type.Array(Type.Object({ tagId: Type.String(), group: Type.String(), name: Type.String() })),
  rules: Type.Array(Type.Object({ ruleId: Type.String(), text: Type.String() })),
})
export type ChannelChoices = Static<typeof ChannelChoices>

/**
 * `GET /open/v1/reports/channels`: a row a channel and day (Asia/Shanghai) on which something happened. `added` and
 * `lost` are friendships that began and ended; `members`, `buyers` and `sales` (fen) are of the customers whom this
 * channel brought first: who joined that day, who bought, for how much, from the day they came on.
 */
export const ChannelReport = Type.Object({
  rows: Type.Array(
    Type.Object({
      channelId: Type.String(),
      name: Type.String(),
      source: ChannelSource,
      day: Type.String(),
      added: Type.Integer(),
      lost: Type.Integer(),
      members: Type.Integer(),
      buyers: Type.Integer(),
      sales: Type.Integer(),
    }),
  ),
  total: Type.Object({
    added: Type.Integer(),
    lost: Type.Integer(),
    members: Type.Integer(),
    buyers: Type.Integer(),
    sales: Type.Integer(),
  }),
})
export type ChannelReport = Static<typeof ChannelReport>
