import type { EndedBy } from '@zhanggui/shared/customer.ts'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export interface CustomerTable {
  externalUserId: string
  name: string | null
  /** 1 WeChat user, 2 WeCom user (doc 92114). */
  type: number | null
  /** 0 unknown, 1 male, 2 female (doc 92114). */
  gender: number | null
  avatar: string | null
  unionId: string | null
  corpName: string | null
  ownerUserId: string | null
  ownerSince: Date | null
  mirroredAt: Date | null
  createdAt: Date
}

export interface FollowRelationTable {
  guideUserId: string
  externalUserId: string
  startedAt: Date
  endedAt: Date | null
  endedBy: EndedBy | null
  remark: string | null
  description: string | null
  addWay: number | null
  channelState: string | null
  operUserId: string | null
  company: string | null
  phoneHashes: Generated<string[]>
  phonesSealed: Buffer | null
  mirroredAt: Date | null
}

export interface FollowHistoryTable {
  guideUserId: string
  externalUserId: string
  what: 'started' | 'ended'
  at: Date
  endedBy: EndedBy | null
  isCreation: Generated<boolean>
}

export interface FollowRelationTagTable {
  guideUserId: string
  externalUserId: string
  tagId: string
}

export interface FollowRelationOwnTagTable {
  guideUserId: string
  externalUserId: string
  name: string
}

/** The view that joins the names. */
export interface RelationTagView {
  externalUserId: ColumnType<string, never, never>
  guideUserId: ColumnType<string, never, never>
  tagId: ColumnType<string | null, never, never>
  groupName: ColumnType<string, never, never>
  name: ColumnType<string, never, never>
  source: ColumnType<'wecom' | 'guide', never, never>
}

export interface OwnerMoveTable {
  ownerMoveId: GeneratedAlways<number>
  externalUserId: string
  fromUserId: string | null
  toUserId: string
  cause: 'handover' | 'ruling'
  reason: string | null
  movedBy: string | null
  movedAt: Date
  sourceKey: string
}

export interface ErasedCustomerTable {
  externalUserId: string
  erasedAt: Date
  pseudonym: string
}
