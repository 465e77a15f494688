import type { SyncRunReport } from '@zhanggui/shared/sync.ts'
import type { Selectable } from 'kysely'
import { PART_NAMES } from './part-names.ts'
import type { SyncRunTable } from './sync.table.ts'
import { addTallies, type Tally } from './tally.ts'
import type { PartStanding } from './units.repository.ts'

/** One that has not been heard of for so long was killed. */
const SILENT_MS = 60_000

/** What a run has done so far: what its row holds, and what its units do. */
export function reportOf(run: Selectable<SyncRunTable>, standings: readonly PartStanding[], now: Date): SyncRunReport {
  const silent = run.state === 'running' && now.getTime() - run.activeAt.getTime() > SILENT_MS
  const parts = PART_NAMES.flatMap((part) => {
    const held = run.report[part]
    const standing = standings.find((one) => one.part === part)
    if (!held && !standing) return []
    return [{ part, tally: addTallies(standing?.tally ?? {}, held ?? {}), failures: standing?.failures ?? [] }]
  })
  const whole = addTallies(...parts.map(({ tally }) => tally))
  return {
    syncRunId: String(run.syncRunId),
    parts: run.parts,
    startedBy: run.startedBy,
    state: silent ? 'interrupted' : run.state,
    startedAt: run.startedAt.toISOString(),
    ...(run.finishedAt && { finishedAt: run.finishedAt.toISOString() }),
    durationMs: run.activeMs,
    calls: whole.calls,
    rows: rowsOf(whole),
    drift: whole.drift,
    byPart: Object.fromEntries(parts.map(({ part, tally }) => [part, rowsOf(tally)])),
    errorCount: whole.problemCount + parts.reduce((sum, { failures }) => sum + failures.length, 0),
    errors: parts.flatMap(({ part, tally, failures }) => [
      ...failures.map((reason) => ({ part, subject: 'unit', reason })),
      ...tally.problems.map((problem) => ({ part, ...problem })),
    ]),
  }
}

function rowsOf({ rows, added, changed, ended }: Tally) {
  return { read: rows, new: added, changed, ended }
}
