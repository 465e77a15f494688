import type { Generated } from 'kysely'

export interface GuideTable {
  userId: string
  name: string | null
  storeId: string | null
  role: Generated<'guide' | 'manager'>
  updatedAt: Date
}
