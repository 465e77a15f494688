import type { PartName } from './part-names.ts'

/** How far the present part has come. */
export interface Progress {
  part: PartName
  units: number
  unitsDone: number
  rows: number
  /** Rows there will probably be; corrected as units turn out larger or smaller than last time. */
  expectedRows: number
}

export interface Tracker {
  add(units: readonly { syncUnitId: number; expectedRows: number; rows: number }[]): void
  advance(syncUnitId: number, rows: number): void
  end(syncUnitId: number): void
  read(): Progress
}

export function createTracker(part: PartName, done: { units: number; rows: number; expectedRows: number }): Tracker {
  const open = new Map<number, { expectedRows: number; rows: number }>()
  let { units, rows, expectedRows } = done
  let unitsDone = units

  return {
    add(more) {
      units += more.length
      for (const { syncUnitId, ...unit } of more) open.set(syncUnitId, unit)
    },
    advance(syncUnitId, added) {
      const unit = open.get(syncUnitId)
      if (unit) unit.rows += added
    },
    end(syncUnitId) {
      const unit = open.get(syncUnitId)
      if (!open.delete(syncUnitId)) return
      unitsDone += 1
      rows += unit?.rows ?? 0
      expectedRows += unit?.expectedRows ?? 0
    },
    read() {
      const ratio = rows > 0 && expectedRows > 0 ? rows / expectedRows : 1
      let read = rows
      let expected = rows
      for (const unit of open.values()) {
        read += unit.rows
        expected += Math.max(unit.rows, unit.expectedRows * ratio)
      }
      return { part, units, unitsDone, rows: read, expectedRows: Math.round(expected) }
    },
  }
}
