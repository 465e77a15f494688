import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import type { GeneratedAlways, JSONColumnType } from 'kysely'

export interface DoctorRunTable {
  doctorRunId: GeneratedAlways<number>
  askedBy: string
  startedAt: Date
  results: JSONColumnType<CheckResult[]>
  finishedAt: Date | null
}
