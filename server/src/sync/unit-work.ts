import type { Deps } from '../deps.ts'
import type { Pace } from './paced-wecom.ts'
import type { UnitWork } from './part.ts'
import type { Tracker } from './progress.ts'
import { addTallies, type Tally } from './tally.ts'
import { addUnits, beginUnit, keepUnit, type OpenUnit, resumeUnit, retireUnit } from './units.repository.ts'

/** Told to stop. What was kept stays, and a later run goes on from there. */
export class SyncInterrupted extends Error {
  constructor() {
    super('the sync was told to stop')
    this.name = 'SyncInterrupted'
  }
}

const DEADLOCK = '40P01'
const TRIES = 4

export interface UnitSurroundings {
  deps: Deps
  pace: Pace
  syncRunId: number
  tracker: Tracker
  signal: AbortSignal
  /** Units that came of splitting one. */
  onNewUnits(units: OpenUnit[]): void
  onProgress(): void
}

/** Opens a unit: begins it, or goes on where it stood. */
export async function openUnit(
  open: OpenUnit,
  { deps, pace, syncRunId, tracker, signal, onNewUnits, onProgress }: UnitSurroundings,
): Promise<{ work: UnitWork; tally: () => Tally }> {
  const { db, clock } = deps
  const { syncUnitId } = open
  let { beganAt, cursor, resumed, tally } = open
  /** Calls since the last commit. */
  let calls: Record<string, number> = {}
  const wecom = pace((endpoint) => {
    calls[endpoint] = (calls[endpoint] ?? 0) + 1
  })
  const soFar = (more: Partial<Tally> = {}) => addTallies(tally, { calls }, more)

  async function begin(): Promise<Date> {
    const now = clock.now()
    await beginUnit(db, syncUnitId, now)
    cursor = null
    resumed = false
    return now
  }

  if (beganAt === null || cursor === null) beganAt = await begin()
  else {
    await resumeUnit(db, syncUnitId)
    resumed = true
  }
  let since = beganAt

  const work: UnitWork = {
    get unit() {
      return { syncUnitId, subjects: open.subjects, beganAt: since, cursor, resumed }
    },
    expectedRows: open.expectedRows,
    deps: { ...deps, wecom },
    async keep(step, write) {
      const kept = await patiently(() =>
        db.transaction().execute(async (tx) => {
          const more = await write(tx)
          const finishedAt = step.cursor === null ? clock.now() : null
          const next = soFar(more)
          await keepUnit(tx, syncUnitId, { cursor: step.cursor, finishedAt, tally: next })
          return { next, rows: more.rows ?? 0 }
        }),
      )
      tally = kept.next
      calls = {}
      cursor = step.cursor
      tracker.advance(syncUnitId, kept.rows)
      if (step.cursor === null) tracker.end(syncUnitId)
      onProgress()
      if (signal.aborted) throw new SyncInterrupted()
    },
    async restart() {
      since = await begin()
    },
    async replaceBy(plans, more) {
      const units = await db.transaction().execute(async (tx) => {
        await retireUnit(tx, syncUnitId, clock.now(), soFar(more))
        return addUnits(tx, syncRunId, open.part, plans)
      })
      tracker.end(syncUnitId)
      onNewUnits(units)
    },
  }
  return { work, tally: () => soFar() }
}

/** Another statement may lock the same rows in another order; then Postgres lets one of the two fail. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== DEADLOCK || tries >= TRIES) throw error
    }
  }
}
