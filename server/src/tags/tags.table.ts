import type { Generated } from 'kysely'

export interface TagGroupTable {
  groupId: string
  name: string
  displayOrder: number
  ours: Generated<boolean>
  deletedAt: Date | null
  mirroredAt: Date
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
}
