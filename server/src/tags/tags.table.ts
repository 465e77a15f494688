import type { Generated } from 'kysely'

export interface TagGroupTable {
  groupId: string
  name: string
  displayOrder: number
  ours: Generated<boolean>
  deletedAt: Date | null
  mirroredAt: Date
  listPosition: Generated<number>
}

export interface TagTable {
  tagId: string
  groupId: string | null
  groupName: string | null
  name: string | null
  displayOrder: Generated<number>
  ours: Generated<boolean>
  deletedAt: Date | null
  mirroredAt: Date | null
  listPosition: Generated<number>
  searchText: Generated<string>
}

export interface TagListReadingTable {
  onlyRow: Generated<boolean>
  askedAt: Date
}

export interface TagGroupRecordTable {
  recordId: string
  groupId: string
}

export interface TagWriteTable {
  externalUserId: string
  guideUserId: string
  tagId: string
  wanted: boolean
  tap: Generated<number>
  askedAt: Date
  refusedAt: Date | null
  errcode: number | null
}

export interface TagUseTable {
  guideUserId: string
  tagId: string
  usedAt: Date
}
