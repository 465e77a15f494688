import type { CustomerHandoverState, GroupHandoverState, HandoverKind } from '@zhanggui/shared/handover.ts'

export interface HandoverTable {
  handoverId: string
  kind: HandoverKind
  fromUserId: string
  toUserId: string
  message: string | null
  customerIds: string[] | null
  withGroups: boolean
  askedBy: string
  askedAt: Date
  plannedAt: Date | null
  polledAt: Date | null
  finishedAt: Date | null
}

export interface HandoverCustomerTable {
  handoverId: string
  externalUserId: string
  state: CustomerHandoverState
  reason: string | null
  errcode: number | null
  askedAt: Date | null
  endedAt: Date | null
}

export interface HandoverGroupTable {
  handoverId: string
  chatId: string
  state: GroupHandoverState
  reason: string | null
  errcode: number | null
  endedAt: Date | null
}
