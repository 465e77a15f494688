import { CsvError, type CsvRow } from './csv.ts'
import { hashText } from './hash-text.ts'

/** Rows kept in memory at once, of orders whose rows stand apart. */
const MOST_HELD = 500_000

/**
 * First reading of a file: which numbers stand in more than one place. The hash of each run of rows takes eight bytes,
 * so that a year of orders takes some megabytes; two numbers with one hash only wait for each other.
 */
export function createRunCounter() {
  let hashes = new Float64Array(1024)
  let runs = 0
  let last: string | undefined

  return {
    see(id: string) {
      if (id === last) return
      last = id
      if (id === '') return
      if (runs === hashes.length) {
        const larger = new Float64Array(runs * 2)
        larger.set(hashes)
        hashes = larger
      }
      hashes[runs++] = hashText(id)
    },
    /** Hash → in how many places. */
    scattered(): Map<number, number> {
      const sorted = hashes.subarray(0, runs).sort()
      const found = new Map<number, number>()
      for (let at = 1; at < runs; at++) {
        const hash = sorted[at] ?? 0
        if (hash === sorted[at - 1]) found.set(hash, (found.get(hash) ?? 1) + 1)
      }
      return found
    },
  }
}

export interface RowGroup {
  id: string
  rows: CsvRow[]
}

/**
 * Second reading: rows with one number are one group, in the order in which groups become whole. Most stand together;
 * those that do not are kept until their last place has come. A row without a number is a group of its own.
 */
export function createGrouper(scattered: Map<number, number>) {
  const left = new Map(scattered)
  const held = new Map<number, Map<string, CsvRow[]>>()
  let heldRows = 0
  let run: RowGroup | undefined

  function endRun(groups: RowGroup[]) {
    if (!run) return
    const ended = run
    run = undefined
    const hash = left.size > 0 && ended.id !== '' ? hashText(ended.id) : 0
    const places = left.get(hash)
    if (places === undefined || ended.id === '') {
      groups.push(ended)
      return
    }
    const own = held.get(hash) ?? new Map<string, CsvRow[]>()
    held.set(hash, own)
    own.set(ended.id, [...(own.get(ended.id) ?? []), ...ended.rows])
    heldRows += ended.rows.length
    if (heldRows > MOST_HELD)
      throw new CsvError('the rows of too many numbers stand far apart: sort the file by that column and send it again')
    if (places > 1) {
      left.set(hash, places - 1)
      return
    }
    left.delete(hash)
    held.delete(hash)
    for (const [id, rows] of own) {
      groups.push({ id, rows })
      heldRows -= rows.length
    }
  }

  return {
    push(id: string, row: CsvRow): RowGroup[] {
      const groups: RowGroup[] = []
      if (run && (id === '' || run.id !== id)) endRun(groups)
      if (run) run.rows.push(row)
      else run = { id, rows: [row] }
      return groups
    },
    end(): RowGroup[] {
      const groups: RowGroup[] = []
      endRun(groups)
      return groups
    },
  }
}
