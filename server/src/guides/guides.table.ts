import type { ColumnType, Generated } from 'kysely'

export type GuideStatus = 'active' | 'disabled' | 'not_activated' | 'left'

export interface GuideTable {
  userId: string
  name: string | null
  assignedStoreId: string | null
  departmentStoreId: string | null
  /** The assigned store, else the department's: the database puts them together. */
  storeId: ColumnType<string | null, never, never>
  role: Generated<'guide' | 'manager'>
  departmentIds: Generated<string[]>
  mainDepartmentId: string | null
  openUserId: string | null
  follows: boolean | null
  status: GuideStatus | null
  visible: Generated<boolean>
  leftAt: Date | null
  mirroredAt: Date | null
  updatedAt: Date
}

export interface GuideAliasTable {
  formerId: string
  userId: string
  renamedAt: Date
}

export interface DepartmentTable {
  departmentId: string
  parentId: string | null
  name: string | null
  displayOrder: number
  mirroredAt: Date
}
