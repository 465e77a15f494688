import { createHash } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Fault } from '../open-api/record-kind.ts'
import type { ImportKind } from './arguments.ts'
import type { CsvRow } from './csv.ts'
import type { Emission } from './emission.ts'
import type { Mapping } from './mapping.ts'
import { inLines, readGroup, readGroups } from './read-emissions.ts'
import { createRejectedFile, rejectedPath } from './rejected-file.ts'
import { createRowReader } from './row-reader.ts'
import { type Counts, findRunState, forgetRunState, keepRunState, type RunState, statePath } from './run-state.ts'
import { scanFile } from './scan-file.ts'
import { createTakers, type Taker } from './takers.ts'

const BATCH_ROWS = 5000
/**
 * Batches of orders or refunds written at once, each on its own connection: no number is in two of them. Of other kinds
 * a later row may be the same record, so they keep their turn.
 */
const LANES = 2

export interface ImportWish {
  kind: ImportKind
  file: string
  mapping: Mapping | undefined
  dryRun: boolean
  signal?: AbortSignal
  onProgress?(done: number, rows: number): void
  /** An earlier run was broken off; so many rows are done. */
  onResume?(rowsDone: number): void
}

export interface ImportResult {
  rows: number
  skippedRows: number
  counts: Record<string, Counts>
  /** There if any row was rejected. */
  rejectedFile?: string
  /** It was told to stop before the end; the same again goes on. */
  stopped: boolean
}

interface Batch {
  emissions: Emission[]
  /** What has been read when the batch is done. */
  groups: number
  rows: number
  skipped: number
}

/**
 * Reads a file twice: once to know it, once to take it, batch by batch. While some are written the next is prepared.
 * After each the state beside the file says how far it came, so that an import that was killed goes on there;
 * what was written and not noted is written again, which changes nothing.
 */
export async function runImport(deps: Deps, wish: ImportWish): Promise<ImportResult> {
  const { kind, file, mapping, dryRun, signal } = wish
  const scan = await scanFile(file, mapping ?? {}, (header) => createRowReader(kind, header, mapping))
  const reader = createRowReader(kind, scan.header, mapping)
  const digest = createHash('sha256')
    .update(JSON.stringify([scan.digest, kind, mapping]))
    .digest('hex')
  const path = statePath(file)
  const before = dryRun ? undefined : await findRunState(path, digest)
  if (before) wish.onResume?.(before.rowsDone)
  const state: RunState = before ?? { digest, done: 0, rowsDone: 0, skippedRows: 0, rejectedLength: 0, counts: {} }
  const rejectedFile = rejectedPath(file)
  const rejects = createRejectedFile(rejectedFile, scan.header, scan.delimiter, state.rejectedLength)
  const takers = createTakers(deps, dryRun)

  const finish = async (batch: Batch, rejected: Refused[]) => {
    for (const emission of batch.emissions)
      if ('fault' in emission) {
        countsOf(state.counts, kind).rejected++
        rejected.push(emission)
      }
    await rejects.append(rejected.flatMap(({ rows, fault }) => rows.map((row) => ({ row, fault }))))
    state.done = batch.groups
    state.rowsDone = batch.rows
    state.skippedRows = batch.skipped
    state.rejectedLength = rejects.length
    if (!dryRun) await keepRunState(path, state)
    wish.onProgress?.(batch.rows, scan.rows)
  }

  const lanes = inLines(kind) ? LANES : 1
  const underWay: Promise<void>[] = []
  let finished: Promise<void> = Promise.resolve()
  for await (const batch of batches(wish, readGroups({ path: file, kind, scan, reader, mapping }), reader, state)) {
    const writes = await prepareAll(batch.emissions, takers)
    if (underWay.length === lanes) await underWay.shift()
    if (signal?.aborted) break
    const written = writeAll(writes, state.counts)
    finished = Promise.all([written, finished]).then(([rejected]) => finish(batch, rejected))
    // Heard of by an await above or below; until then it is nobody's.
    finished.catch(() => {})
    underWay.push(finished)
  }
  await finished
  const stopped = signal?.aborted === true && state.rowsDone < scan.rows
  if (!stopped && !dryRun) await forgetRunState(path)
  return {
    rows: scan.rows,
    skippedRows: state.skippedRows,
    counts: state.counts,
    ...(state.rejectedLength > 0 && { rejectedFile }),
    stopped,
  }
}

async function* batches(
  { kind, mapping, signal }: ImportWish,
  source: ReturnType<typeof readGroups>,
  reader: ReturnType<typeof createRowReader>,
  { done, skippedRows }: RunState,
): AsyncGenerator<Batch> {
  let batch: Batch = { emissions: [], groups: 0, rows: 0, skipped: skippedRows }
  let size = 0
  for await (const groups of source)
    for (const group of groups) {
      batch.groups++
      batch.rows += group.rows.length
      if (batch.groups <= done) continue
      const { emissions, skipped } = readGroup(group, { kind, reader, mapping })
      batch.emissions.push(...emissions)
      batch.skipped += skipped
      size += group.rows.length
      if (size < BATCH_ROWS) continue
      yield batch
      if (signal?.aborted) return
      batch = { ...batch, emissions: [] }
      size = 0
    }
  if (size > 0) yield batch
}

interface Refused {
  rows: CsvRow[]
  fault: Fault
}

interface Write {
  kind: ImportKind
  emissions: Emission[]
  write: Awaited<ReturnType<Taker>>
}

async function prepareAll(emissions: readonly Emission[], takers: Record<ImportKind, Taker>): Promise<Write[]> {
  const byKind = new Map<ImportKind, { emissions: Emission[]; records: unknown[] }>()
  for (const emission of emissions) {
    if ('fault' in emission) continue
    const own = byKind.get(emission.kind) ?? { emissions: [], records: [] }
    byKind.set(emission.kind, own)
    own.emissions.push(emission)
    own.records.push(emission.record)
  }
  const writes: Write[] = []
  for (const [kind, own] of byKind)
    writes.push({ kind, emissions: own.emissions, write: await takers[kind](own.records) })
  return writes
}

async function writeAll(writes: readonly Write[], counts: RunState['counts']): Promise<Refused[]> {
  const refused: Refused[] = []
  for (const { kind, emissions, write } of writes) {
    const { accepted, unchanged, rejected } = await write()
    const own = countsOf(counts, kind)
    own.accepted += accepted
    own.unchanged += unchanged
    own.rejected += rejected.length
    for (const { index, code, detail = '' } of rejected)
      refused.push({ rows: emissions[index]?.rows ?? [], fault: { code, detail } })
  }
  return refused
}

function countsOf(counts: RunState['counts'], kind: ImportKind): Counts {
  const own = counts[kind] ?? { accepted: 0, unchanged: 0, rejected: 0 }
  counts[kind] = own
  return own
}
