import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'
import { CardBenefits } from './tier.ts'

export const Tag = Type.Object({
  /** A corp tag's id. */
  tagId: Type.Optional(Type.String()),
  name: Type.String(),
  group: Type.Optional(Type.String()),
  source: OneOf('wecom', 'guide', 'rule'),
  userId: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  /** On a card: stands, or is about to stand, on the viewer's own relation. */
  mine: Type.Optional(Type.Boolean()),
})
export type Tag = Static<typeof Tag>

/** A tag WeCom did not set or take off as the guide wanted, and why, ready to read. */
export const TagRefusal = Type.Object({
  tagId: Type.String(),
  name: Type.String(),
  wanted: Type.Boolean(),
  reason: Type.String(),
})
export type TagRefusal = Static<typeof TagRefusal>

export const Totals = Type.Object({
  orders: Type.Integer(),
  units: Type.Integer(),
  amount: Type.Integer(),
  refunded: Type.Integer(),
  averageOrderValue: Type.Integer(),
  lastOrderAt: Type.Optional(Type.String()),
})
export type Totals = Static<typeof Totals>

export const InvitationState = OneOf('invited', 'opened', 'enrolled')
export type InvitationState = Static<typeof InvitationState>

export const WelcomeOutcome = OneOf('sent', 'expired', 'raced', 'failed', 'no_code')
export type WelcomeOutcome = Static<typeof WelcomeOutcome>

export const EndedBy = OneOf('guide', 'customer', 'transfer', 'missing')
export type EndedBy = Static<typeof EndedBy>

/** One line of 动态. `title` and `detail` are ready to read (Chinese). */
export const TimelineEntry = Type.Object({
  kind: OneOf('followed', 'ended', 'welcome', 'invitation', 'enrolled', 'order', 'refund', 'share', 'visit', 'coupon'),
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  at: Type.String(),
})
export type TimelineEntry = Static<typeof TimelineEntry>

/** The sidebar's 客户 tab: `GET /api/customers/{externalUserId}`. Phone numbers are masked; money is fen. */
export const CustomerCard = Type.Object({
  externalUserId: Type.String(),
  /** Absent while WeCom has not told yet (a half-added friend). */
  name: Type.Optional(Type.String()),
  type: Type.Optional(OneOf('wechat', 'wecom')),
  gender: Type.Optional(OneOf('male', 'female')),
  avatar: Type.Optional(Type.String()),
  corpName: Type.Optional(Type.String()),
  /** The viewer's own relation; for a manager or HQ without one, the owner's. */
  relation: Type.Optional(
    Type.Object({
      userId: Type.String(),
      guideName: Type.Optional(Type.String()),
      isMine: Type.Boolean(),
      remark: Type.Optional(Type.String()),
      description: Type.Optional(Type.String()),
      company: Type.Optional(Type.String()),
      /** Phones the guide noted, masked. */
      phones: Type.Optional(Type.Array(Type.String())),
      /** 扫码添加, 群聊添加 … */
      addWay: Type.String(),
      channel: Type.Optional(Type.String()),
      startedAt: Type.String(),
      endedAt: Type.Optional(Type.String()),
      endedBy: Type.Optional(EndedBy),
    }),
  ),
  owner: Type.Optional(
    Type.Object({
      userId: Type.String(),
      name: Type.Optional(Type.String()),
      isMe: Type.Boolean(),
      since: Type.Optional(Type.String()),
    }),
  ),
  member: Type.Optional(
    Type.Object({
      memberNo: Type.String(),
      tier: Type.Optional(Type.String()),
      points: Type.Optional(Type.Integer()),
      storedValue: Type.Optional(Type.Integer()),
      joinedAt: Type.String(),
      /** 138****5678 */
      phone: Type.Optional(Type.String()),
      birthday: Type.Optional(Type.String()),
      source: OneOf('crm', 'enrolment'),
      updatedAt: Type.String(),
    }),
  ),
  /** Absent for who is no member, and where HQ has set neither tiers nor benefits. */
  benefits: Type.Optional(CardBenefits),
  invitation: Type.Optional(
    Type.Object({
      state: InvitationState,
      invitedAt: Type.String(),
      openedAt: Type.Optional(Type.String()),
      enrolledAt: Type.Optional(Type.String()),
    }),
  ),
  /** Absent while the welcome is still under way, and for friends from before. */
  welcome: Type.Optional(
    Type.Object({
      outcome: WelcomeOutcome,
      at: Type.String(),
      latencyMs: Type.Optional(Type.Integer()),
      /** Why it was not sent, ready to read. */
      reason: Type.Optional(Type.String()),
    }),
  ),
  tags: Type.Array(Tag),
  /** Absent when nothing of the viewer's tags is on its way to WeCom and nothing was refused lately. */
  tagging: Type.Optional(Type.Object({ pending: Type.Boolean(), refusals: Type.Array(TagRefusal) })),
  totals: Totals,
  coupons: Type.Object({ usable: Type.Integer(), nextExpiry: Type.Optional(Type.String()) }),
  /** Newest first, at most 20. */
  timeline: Type.Array(TimelineEntry),
  /** When WeCom was last asked about this customer. */
  mirroredAt: Type.Optional(Type.String()),
})
export type CustomerCard = Static<typeof CustomerCard>

/** `GET /open/v1/customers/{externalUserId}`; a field without a value is absent. */
export const OpenCustomer = Type.Object({
  externalUserId: Type.String(),
  name: Type.Optional(Type.String()),
  type: Type.Optional(Type.Integer()),
  gender: Type.Optional(Type.Integer()),
  unionId: Type.Optional(Type.String()),
  member: Type.Optional(
    Type.Object({
      memberNo: Type.String(),
      tier: Type.Optional(Type.String()),
      points: Type.Optional(Type.Integer()),
      storedValue: Type.Optional(Type.Integer()),
      joinedAt: Type.String(),
    }),
  ),
  invitation: Type.Optional(Type.Object({ state: InvitationState })),
  owner: Type.Optional(Type.Object({ userId: Type.String(), since: Type.String() })),
  tags: Type.Array(Tag),
  relations: Type.Array(
    Type.Object({
      userId: Type.String(),
      remark: Type.Optional(Type.String()),
      channel: Type.Optional(Type.String()),
      addWay: Type.Optional(Type.Integer()),
      startedAt: Type.String(),
      endedAt: Type.Optional(Type.String()),
      endedBy: Type.Optional(EndedBy),
    }),
  ),
  totals: Totals,
})
export type OpenCustomer = Static<typeof OpenCustomer>
