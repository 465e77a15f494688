import type { GeneratedAlways, JSONColumnType } from 'kysely'

export interface AuditEntryTable {
  auditEntryId: GeneratedAlways<number>
  actor: string
  action: string
  subject: string
  reason: string | null
  detail: JSONColumnType<Record<string, unknown>> | null
  at: Date
}
