import { setTimeout as pause } from 'node:timers/promises'
import type { Deps } from '../deps.ts'
import type { CallRule } from './call-budget.ts'
import { exclusively } from './exclusive.ts'
import { createPace, type Pace } from './paced-wecom.ts'
import type { SyncPart } from './part.ts'
import { PART_NAMES, type PartName } from './part-names.ts'
import { syncParts } from './parts.ts'
import { createTracker, type Progress } from './progress.ts'
import {
  closeRun,
  dropUnits,
  findUnfinishedRun,
  markPlanned,
  type Run,
  saveReport,
  startRun,
  touchRun,
} from './runs.repository.ts'
import { addTallies, type Tally } from './tally.ts'
import { SyncInterrupted } from './unit-work.ts'
import { addUnits, listFinishedUnits, listOpenUnits, sumUnits } from './units.repository.ts'
import { workUnits } from './work-units.ts'

const FLUSH_MS = 2_000

export interface SyncWish {
  parts: readonly PartName[]
  startedBy: 'command' | 'nightly'
  /** An unfinished run of the same parts goes on if it began less than this ago; 0: always anew. */
  resumeWithinMs: number
  /** Units read at the same time, and calls of one endpoint at once at most. */
  atOnce: number
  signal: AbortSignal
  onProgress?: (progress: Progress) => void
  onPause?: (endpoint: string, until: Date) => void
  /** An unfinished run goes on. */
  onResume?: (startedAt: Date) => void
  callsMade?: (endpoint: string) => Promise<number>
  /** For tests, where nobody wants to wait for WeCom's windows. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
  rules?: readonly CallRule[]
}

export interface SyncOutcome {
  syncRunId: number
  resumed: boolean
  state: 'complete' | 'incomplete'
}

/**
 * Reads the wished parts of the corp into the mirror, as the only one of all servers. Its `deps` should have a few
 * database connections of their own: as many units as read write at the same time. Throws SyncRunningError when
 * somebody else reads, SyncInterrupted when told to stop, and what ended it otherwise; then the next run goes on.
 */
export function runSync(deps: Deps, wish: SyncWish): Promise<SyncOutcome> {
  return exclusively(deps.pool, async (lost) => {
    const { db, clock } = deps
    const parts = PART_NAMES.filter((name) => wish.parts.includes(name))
    const began = clock.now()
    const since = new Date(began.getTime() - wish.resumeWithinMs)
    const unfinished = wish.resumeWithinMs > 0 ? await findUnfinishedRun(db, parts, since) : undefined
    const run = unfinished ?? (await startRun(db, { parts, startedBy: wish.startedBy, at: began }))
    if (unfinished) wish.onResume?.(unfinished.startedAt)
    const activeMs = () => run.activeMs + clock.now().getTime() - began.getTime()
    await touchRun(db, run.syncRunId, began, run.activeMs)
    const flush = setInterval(() => {
      touchRun(db, run.syncRunId, clock.now(), activeMs()).catch(() => {}) // whatever it is, the units meet it too
    }, FLUSH_MS)
    try {
      const state = await readAll(deps, run, parts, wish, lost)
      clearInterval(flush)
      await closeRun(db, run.syncRunId, { state, at: clock.now(), activeMs: activeMs() })
      return { syncRunId: run.syncRunId, resumed: unfinished !== undefined, state }
    } catch (error) {
      clearInterval(flush)
      await closeRun(db, run.syncRunId, { state: 'interrupted', at: clock.now(), activeMs: activeMs() }).catch(() => {})
      throw error
    }
  })
}

async function readAll(
  deps: Deps,
  run: Run,
  parts: readonly PartName[],
  wish: SyncWish,
  lost: AbortSignal,
): Promise<SyncOutcome['state']> {
  const halt = new AbortController()
  const signal = AbortSignal.any([wish.signal, lost, halt.signal])
  const pace = createPace({
    wecom: deps.wecom,
    clock: deps.clock,
    wait: (ms) => waitUnless(ms, signal, wish.wait),
    widest: wish.atOnce,
    rules: wish.rules,
    callsMade: wish.callsMade,
    onPause: wish.onPause,
  })
  const progress: Reading = { deps, run, pace, signal, halt, wish, report: { ...run.report } }
  const read = parts.map((name) => syncParts[name])
  for (const part of read) await readPart(part, progress)
  for (const part of read) await finishPart(part, progress)
  return closeBooks(progress)
}

interface Reading {
  deps: Deps
  run: Run
  pace: Pace
  signal: AbortSignal
  halt: AbortController
  wish: SyncWish
  /** What planning and finishing did. */
  report: Partial<Record<PartName, Tally>>
}

/** The same ports, with WeCom paced and its calls counted to a part. */
function portsFor(part: SyncPart, { deps, pace, report }: Reading): Deps {
  const wecom = pace((endpoint) => {
    report[part.name] = addTallies(report[part.name] ?? {}, { calls: { [endpoint]: 1 } })
  })
  return { ...deps, wecom }
}

async function readPart(part: SyncPart, reading: Reading): Promise<void> {
  const { deps, run, pace, signal, halt, wish } = reading
  const { db } = deps
  const { syncRunId } = run
  if (!run.planned.includes(part.name)) {
    const plans = await part.plan(portsFor(part, reading))
    await db.transaction().execute(async (tx) => {
      await addUnits(tx, syncRunId, part.name, plans)
      await markPlanned(tx, syncRunId, part.name)
      await saveReport(tx, syncRunId, reading.report)
    })
  }
  const done = await sumFinished(deps, syncRunId, part.name)
  const tracker = createTracker(part.name, done)
  const onProgress = () => wish.onProgress?.(tracker.read())
  const open = await listOpenUnits(db, syncRunId, part.name)
  await workUnits(part, open, wish.atOnce, { deps, pace, syncRunId, tracker, signal, onProgress }, halt)
  onProgress()
}

async function finishPart(part: SyncPart, reading: Reading): Promise<void> {
  const { deps, run, report } = reading
  if (!part.finish) return
  const open = await listOpenUnits(deps.db, run.syncRunId, part.name)
  // Who is missing can only be told by a reading that left nothing out.
  if (open.length > 0) return
  const units = await listFinishedUnits(deps.db, run.syncRunId, part.name)
  const standing = (await sumUnits(deps.db, run.syncRunId)).find((one) => one.part === part.name)
  const tally = await part.finish(portsFor(part, reading), units, standing?.tally.problemCount ?? 0)
  report[part.name] = addTallies(report[part.name] ?? {}, tally)
  await saveReport(deps.db, run.syncRunId, report)
}

/** A run that read everything keeps its sums; one that did not keeps its units, to go on from. */
async function closeBooks({ deps: { db }, run, report }: Reading): Promise<SyncOutcome['state']> {
  const standings = await sumUnits(db, run.syncRunId)
  if (standings.some(({ open }) => open > 0)) return 'incomplete'
  const whole = { ...report }
  for (const { part, tally } of standings) whole[part] = addTallies(tally, whole[part] ?? {})
  await db.transaction().execute(async (tx) => {
    await saveReport(tx, run.syncRunId, whole)
    await dropUnits(tx, run.syncRunId)
  })
  return 'complete'
}

async function sumFinished({ db }: Deps, syncRunId: number, part: PartName) {
  const units = await db
    .selectFrom('syncUnit')
    .select(['expectedRows', 'tally'])
    .where('syncRunId', '=', syncRunId)
    .where('part', '=', part)
    .where('finishedAt', 'is not', null)
    .execute()
  return {
    units: units.length,
    rows: units.reduce((sum, { tally }) => sum + (tally.rows ?? 0), 0),
    expectedRows: units.reduce((sum, { expectedRows }) => sum + expectedRows, 0),
  }
}

async function waitUnless(ms: number, signal: AbortSignal, wait: SyncWish['wait']): Promise<void> {
  if (signal.aborted) throw new SyncInterrupted()
  try {
    await (wait ? wait(ms, signal) : pause(ms, undefined, { signal }))
  } catch (error) {
    throw signal.aborted ? new SyncInterrupted() : error
  }
}
