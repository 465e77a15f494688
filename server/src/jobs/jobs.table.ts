import type { GeneratedAlways, JSONColumnType } from 'kysely'

export interface FailedJobTable {
  failedJobId: GeneratedAlways<number>
  task: string
  payload: JSONColumnType<Record<string, unknown>>
  outcome: 'dropped' | 'final' | 'alert' | 'exhausted'
  reason: string
  errcode: number | null
  attempts: number
  failedAt: Date
  replayedAt: Date | null
}

export interface WorkerProcessTable {
  workerProcessId: GeneratedAlways<number>
  workerIds: string[]
  startedAt: Date
}
