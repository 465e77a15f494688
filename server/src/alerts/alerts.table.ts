import type { Generated, GeneratedAlways } from 'kysely'
import type { AlertKind } from './alert-kinds.ts'

export interface AlertTable {
  alertId: GeneratedAlways<number>
  kind: AlertKind
  subject: Generated<string>
  detail: string
  raisedAt: Date
  lastRaisedAt: Date
  times: Generated<number>
  endsAt: Date | null
  sentAt: Date | null
  closedAt: Date | null
  closedBy: string | null
}
