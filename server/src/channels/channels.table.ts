import type { ChannelKind, ChannelSource, ChannelTag, Leave } from '@zhanggui/shared/channel.ts'
import type { JSONColumnType } from 'kysely'

/** What WeCom holds of a channel: one string of it is compared with what it should hold. */
export interface Told {
  name: string
  skipVerify: boolean
  /** Sorted, in WeCom's spelling. */
  userIds: string[]
}

export interface ChannelTable {
  channelId: string
  name: string
  kind: ChannelKind
  source: ChannelSource
  guideIds: string[]
  storeIds: string[]
  skipVerify: boolean
  tags: JSONColumnType<ChannelTag[]>
  ruleId: string | null
  validFrom: Date | null
  validTo: Date | null
  dailyCap: number | null
  personal: boolean
  state: string
  wecomId: string | null
  url: string | null
  picture: Buffer | null
  intendedAt: Date | null
  told: JSONColumnType<Told> | null
  toldAt: Date | null
  failure: string | null
  failureErrcode: number | null
  note: string | null
  troubles: JSONColumnType<Record<string, string>>
  unavailableAt: Date | null
  retiredAt: Date | null
  removedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

export interface ChannelArrivalTable {
  channelId: string
  guideUserId: string
  externalUserId: string
  at: Date
}

export interface ChannelVisitTable {
  channelId: string
  what: 'opened' | 'requested' | 'chatted' | 'wrote'
  at: Date
  subject: string
}

export interface GuideDutyTable {
  userId: string
  onDuty: boolean
  leaves: JSONColumnType<Leave[]>
  updatedAt: Date
}
