import type { GroupEnd, JoinScene, LeftHow } from '@zhanggui/shared/group.ts'
import type { Generated } from 'kysely'

export interface CustomerGroupTable {
  chatId: string
  name: string | null
  ownerUserId: string | null
  notice: string | null
  /** 0 normal, 1 owner resigned, 2 being inherited, 3 inherited (doc 92120). */
  status: Generated<number>
  startedAt: Date | null
  memberVersion: string | null
  endedAt: Date | null
  endedHow: GroupEnd | null
  heardAt: Date | null
  unsureSince: Date | null
  awaitsChange: Generated<boolean>
  listedAt: Date | null
  mirroredAt: Date | null
}

export interface GroupAdminTable {
  chatId: string
  userId: string
}

export interface GroupMembershipTable {
  chatId: string
  memberId: string
  joinedAt: Date
  kind: 'guide' | 'customer'
  isExact: boolean
  joinScene: JoinScene
  invitedBy: string | null
  channelState: string | null
  name: string | null
  nickname: string | null
  unionId: string | null
  leftAt: Date | null
  leftHow: LeftHow | null
}

export interface GroupMovementTable {
  chatId: string
  memberId: string
  what: 'joined' | 'left'
  at: Date
  how: JoinScene | 'left' | 'removed'
  heardAt: Date
}

export interface GroupMemberVersionTable {
  chatId: string
  version: string
  superseded: boolean
  heardAt: Date
}
