import type { EndedBy } from '@zhanggui/shared/customer.ts'
import type { Generated } from 'kysely'

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
  mirroredAt: Date | null
}

export interface FollowHistoryTable {
  guideUserId: string
  externalUserId: string
  what: 'started' | 'ended'
  at: Date
  endedBy: EndedBy | null
}

export interface FollowRelationTagTable {
  guideUserId: string
  externalUserId: string
  groupName: Generated<string>
  name: string
  tagId: string | null
  source: 'wecom' | 'guide' | 'rule'
}
