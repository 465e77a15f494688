import Type, { type Static } from 'typebox'
import { Tag, TagRefusal } from './customer.ts'
import { TAG_NAME_CHARACTERS } from './limits.ts'
import { Id } from './text.ts'

/** A corp tag that can be set. */
export const TagChoice = Type.Object({
  tagId: Type.String(),
  name: Type.String(),
  groupId: Type.String(),
  group: Type.String(),
})
export type TagChoice = Static<typeof TagChoice>

/** `GET /api/tags?q=&cursor=`: in WeCom's order; a group may go on on the next page. */
export const TagPalette = Type.Object({
  /** What this guide used last; on the first page of everything only. */
  recent: Type.Array(TagChoice),
  tags: Type.Array(TagChoice),
  nextCursor: Type.Optional(Type.String()),
})
export type TagPalette = Static<typeof TagPalette>

const TagIds = Type.Array(Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' }), { maxItems: 100 })

/** `POST /api/customers/{externalUserId}/tags`, on the viewer's own relation. Goes to WeCom a little later. */
export const TagTaps = Type.Object({ add: TagIds, remove: TagIds }, { additionalProperties: false })
export type TagTaps = Static<typeof TagTaps>

/** The tags of a card, as they will be once WeCom has done what the viewer asked for. */
export const CardTags = Type.Object({
  tags: Type.Array(Tag),
  /** Something is on its way to WeCom. */
  pending: Type.Boolean(),
  refusals: Type.Array(TagRefusal),
})
export type CardTags = Static<typeof CardTags>

const strict = { additionalProperties: false } as const
const TagName = Type.String({ minLength: 1, maxLength: TAG_NAME_CHARACTERS })
/** Larger first (doc 92117). */
const Order = Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 })

/**
 * One record of `PUT /open/v1/tag-groups`. `groupId` is the sender's own id and lets the group be renamed later;
 * without it the name is the id. A tag left out stays: taking it away would take it off every customer.
 */
export const TagGroupRecord = Type.Object(
  {
    groupId: Type.Optional(Id),
    name: TagName,
    order: Type.Optional(Order),
    tags: Type.Array(Type.Object({ name: TagName, order: Type.Optional(Order) }, strict), { maxItems: 1000 }),
  },
  strict,
)
export type TagGroupRecord = Static<typeof TagGroupRecord>

/** `GET /open/v1/tag-groups`: all there are, in WeCom's order. `ours`: made by this app, so it can be changed here. */
export const TagGroupList = Type.Object({
  groups: Type.Array(
    Type.Object({
      /** The sender's id, or WeCom's of a group that never came through here. */
      groupId: Type.String(),
      wecomGroupId: Type.String(),
      name: Type.String(),
      order: Type.Integer(),
      ours: Type.Boolean(),
      tags: Type.Array(
        Type.Object({
          tagId: Type.String(),
          name: Type.String(),
          order: Type.Integer(),
          ours: Type.Boolean(),
        }),
      ),
    }),
  ),
})
export type TagGroupList = Static<typeof TagGroupList>
