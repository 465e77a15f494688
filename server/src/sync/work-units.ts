import { WecomError } from '../wecom/errors.ts'
import type { SyncPart } from './part.ts'
import { openUnit, SyncInterrupted, type UnitSurroundings } from './unit-work.ts'
import { failUnit, type OpenUnit } from './units.repository.ts'

/** A unit that WeCom did not answer for goes to the end of the queue this often. */
const TRIES = 3

/**
 * Works the units of one part, some at a time. A unit that cannot be read keeps its failure and leaves the others
 * alone; what concerns all of them (a setting, the database, a stop) ends the whole, each unit at its present page.
 * `signal` follows `halt`.
 */
export async function workUnits(
  part: SyncPart,
  units: readonly OpenUnit[],
  atOnce: number,
  surroundings: Omit<UnitSurroundings, 'onNewUnits'>,
  halt: AbortController,
): Promise<void> {
  const { deps, tracker, signal } = surroundings
  const queue = [...units]
  const tries = new Map<number, number>()
  const add = (more: readonly OpenUnit[]) => {
    tracker.add(more.map(({ syncUnitId, expectedRows, tally }) => ({ syncUnitId, expectedRows, rows: tally.rows })))
  }
  add(queue)

  async function workOne(unit: OpenUnit): Promise<void> {
    const { work, tally } = await openUnit(unit, {
      ...surroundings,
      onNewUnits(more) {
        add(more)
        queue.push(...more)
      },
    })
    try {
      await part.work(work)
    } catch (error) {
      if (!concernsThisUnit(error) || signal.aborted) throw error
      const tried = (tries.get(unit.syncUnitId) ?? 0) + 1
      tries.set(unit.syncUnitId, tried)
      await failUnit(deps.db, unit.syncUnitId, describe(error), tally())
      deps.log.warn({ part: part.name, syncUnitId: unit.syncUnitId, reason: describe(error) }, 'a unit was not read')
      if (mayPass(error) && tried < TRIES) {
        const { cursor, beganAt } = work.unit
        queue.push({ ...unit, cursor, beganAt, tally: tally() })
      }
    }
  }

  const worker = async () => {
    while (!signal.aborted) {
      const unit = queue.shift()
      if (!unit) return
      await workOne(unit)
    }
  }
  const workers = Array.from({ length: Math.min(atOnce, Math.max(1, queue.length)) }, () =>
    worker().catch((error: unknown) => {
      halt.abort(error)
    }),
  )
  await Promise.all(workers)
  if (halt.signal.aborted) throw halt.signal.reason
  if (signal.aborted) throw new SyncInterrupted()
}

function concernsThisUnit(error: unknown): error is WecomError {
  return error instanceof WecomError && error.failure !== 'configuration'
}

function mayPass({ failure }: WecomError): boolean {
  return failure === 'transient' || failure === 'throttled' || failure === 'token'
}

function describe({ message }: WecomError): string {
  return message
}
