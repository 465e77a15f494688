import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { PartName } from './part-names.ts'
import type { Tally } from './tally.ts'

export type RunState = 'running' | 'interrupted' | 'incomplete' | 'complete' | 'superseded'

/** Read as an object, written as its text. */
type Json<T> = ColumnType<T, string | undefined, string>

export interface SyncRunTable {
  syncRunId: GeneratedAlways<number>
  parts: string[]
  startedBy: 'command' | 'nightly'
  state: RunState
  startedAt: Date
  activeAt: Date
  activeMs: Generated<number>
  finishedAt: Date | null
  planned: Generated<string[]>
  report: Json<Partial<Record<PartName, Tally>>>
}

export interface SyncUnitTable {
  syncUnitId: GeneratedAlways<number>
  syncRunId: number
  part: PartName
  subjects: string[]
  expectedRows: number
  beganAt: Date | null
  cursor: string | null
  resumed: Generated<boolean>
  finishedAt: Date | null
  failure: string | null
  tally: Json<Partial<Tally>>
}
