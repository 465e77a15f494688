import type { Fault } from '../open-api/record-kind.ts'
import type { ImportKind } from './arguments.ts'
import type { CsvRow } from './csv.ts'

/** One record out of the file, or rows that are none; `rows` is what it was made of. */
export type Emission = { rows: CsvRow[] } & ({ kind: ImportKind; record: Record<string, unknown> } | { fault: Fault })
