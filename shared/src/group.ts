import Type, { type Static } from 'typebox'
import { OneOf } from './text.ts'

/**
 * How somebody came into a group, one vocabulary for what WeCom says in two: `invited` is what a callback knows
 * (directly or through a link), `direct` and `link` what reading the group tells apart.
 */
export const JoinScene = OneOf('direct', 'link', 'invited', 'qr', 'other')
export type JoinScene = Static<typeof JoinScene>

/** missing: no callback told of it; they were no longer there when the group was read. */
export const LeftHow = OneOf('left', 'removed', 'missing', 'dismissed')
export type LeftHow = Static<typeof LeftHow>

/** missing: WeCom's lists no longer name the group. */
export const GroupEnd = OneOf('dismissed', 'missing')
export type GroupEnd = Static<typeof GroupEnd>

export const GroupStatus = OneOf('normal', 'owner_resigned', 'inheriting', 'inherited')
export type GroupStatus = Static<typeof GroupStatus>

const Person = Type.Object({ userId: Type.String(), name: Type.Optional(Type.String()) })
const Movement = Type.Object({ joined: Type.Integer(), left: Type.Integer() })

/** The sidebar's 群 tab: `GET /api/groups/{chatId}`. Days are Shanghai's; money is fen. */
export const GroupCard = Type.Object({
  chatId: Type.String(),
  /** Absent for a group without a name. */
  name: Type.Optional(Type.String()),
  owner: Type.Optional(Type.Object({ ...Person.properties, isMe: Type.Boolean() })),
  status: GroupStatus,
  notice: Type.Optional(Type.String()),
  startedAt: Type.Optional(Type.String()),
  endedAt: Type.Optional(Type.String()),
  endedHow: Type.Optional(GroupEnd),
  size: Type.Integer(),
  /** By standing, adding up to `size`. */
  counts: Type.Object({
    mine: Type.Integer(),
    colleagues: Type.Integer(),
    strangers: Type.Integer(),
    guides: Type.Integer(),
  }),
  today: Movement,
  /** Today and the six days before. */
  week: Movement,
  /** Orders of the channel `group` that members placed while they were in this group. */
  sales: Type.Object({ orders: Type.Integer(), buyers: Type.Integer(), amount: Type.Integer() }),
  /** WeCom was asked about the group at this moment. */
  mirroredAt: Type.Optional(Type.String()),
})
export type GroupCard = Static<typeof GroupCard>

/** mine: friends of the viewer. colleagues: friends of other guides only. strangers: customers nobody has befriended. */
export const Standing = OneOf('mine', 'colleagues', 'strangers', 'guides')
export type Standing = Static<typeof Standing>

export const GroupMember = Type.Object({
  memberId: Type.String(),
  name: Type.Optional(Type.String()),
  /** What they call themselves in this group. */
  nickname: Type.Optional(Type.String()),
  avatar: Type.Optional(Type.String()),
  /** The viewer's own remark. */
  remark: Type.Optional(Type.String()),
  tier: Type.Optional(Type.String()),
  joinedAt: Type.String(),
  scene: JoinScene,
  inviter: Type.Optional(Person),
  role: Type.Optional(OneOf('owner', 'admin')),
  /** The viewer may open the customer's card. */
  opens: Type.Boolean(),
})
export type GroupMember = Static<typeof GroupMember>

/** `GET /api/groups/{chatId}/members?standing=`, newest first; owner and admins before other guides. */
export const GroupMemberPage = Type.Object({
  members: Type.Array(GroupMember),
  nextCursor: Type.Optional(Type.String()),
})
export type GroupMemberPage = Static<typeof GroupMemberPage>

const OpenStay = {
  /** One of the two: a guide's userid or a customer's external_userid. */
  userId: Type.Optional(Type.String()),
  externalUserId: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  nickname: Type.Optional(Type.String()),
  unionId: Type.Optional(Type.String()),
  joinedAt: Type.String(),
  scene: JoinScene,
  inviter: Type.Optional(Type.Object({ userId: Type.String() })),
  /** The `state` of the join way they came through. */
  channel: Type.Optional(Type.String()),
}

/** `GET /open/v1/groups/{chatId}`; a field without a value is absent. `history` only when asked for. */
export const OpenGroup = Type.Object({
  chatId: Type.String(),
  name: Type.Optional(Type.String()),
  owner: Type.Optional(Type.Object({ userId: Type.String() })),
  admins: Type.Array(Type.Object({ userId: Type.String() })),
  notice: Type.Optional(Type.String()),
  status: GroupStatus,
  startedAt: Type.Optional(Type.String()),
  endedAt: Type.Optional(Type.String()),
  endedHow: Type.Optional(GroupEnd),
  memberVersion: Type.Optional(Type.String()),
  members: Type.Array(Type.Object(OpenStay)),
  /** Stays that are over, the latest first. */
  history: Type.Optional(Type.Array(Type.Object({ ...OpenStay, leftAt: Type.String(), leftHow: LeftHow }))),
  mirroredAt: Type.Optional(Type.String()),
})
export type OpenGroup = Static<typeof OpenGroup>
