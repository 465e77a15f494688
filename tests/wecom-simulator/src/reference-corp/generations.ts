import type { CorpOptions } from './corp-options.ts'

/** What differs from the generation before; the numbers are the same every time. */
export interface Changes {
  remark: number
  tags: number
  ended: number
  started: number
}

/** What has happened to one relation since it started. */
export interface Edits {
  /** The generation of the newest remark; 0: still the first. */
  remark: number
  /** How often its tags changed. */
  tags: number
}

export interface Generations {
  /** Places for relations, of which `relations` are taken in any generation. */
  places: number
  relations: number
  changes: Changes
  /** The generation in which the relation of this place started, 0 for the first; undefined: there is none. */
  startOf(place: number, generation: number): number | undefined
  editsOf(place: number, generation: number, since: number): Edits
}

const TAGS_SHARE = 0.3
const ENDED_SHARE = 0.15
/** An ended relation starts again after so many generations: places are limited, generations are not. */
const REST = 4

/**
 * Places stand on a ring in an order of their own; a window of as many as there are relations moves over it. What it
 * leaves behind has ended, what it newly covers has started, so both numbers are exact and neither needs a memory. In
 * the same way each generation edits the places that another order puts first among those that were there before.
 */
export function createGenerations(options: CorpOptions): Generations {
  const relations = options.guides * options.customersPerGuide
  const changed = Math.round(relations * options.changeShare)
  const ended = Math.floor(changed * ENDED_SHARE)
  const tags = Math.floor(changed * TAGS_SHARE)
  const changes = { remark: changed - tags - 2 * ended, tags, ended, started: ended }
  const places = relations + REST * ended
  const ringFactor = factorFor(places, 0.618)
  const survivors = relations - ended
  const editFactor = factorFor(survivors, 0.382)

  /** 0 is the next to end; from `relations` on there is nobody. */
  const seatOf = (place: number, generation: number) =>
    (((place * ringFactor - generation * ended) % places) + places) % places

  return {
    places,
    relations,
    changes,
    startOf(place, generation) {
      const seat = seatOf(place, generation)
      if (seat >= relations) return undefined
      if (ended === 0) return 0
      return Math.max(0, generation - Math.floor((relations - 1 - seat) / ended))
    },
    editsOf(place, generation, since) {
      const edits = { remark: 0, tags: 0 }
      for (let each = since + 1; each <= generation; each++) {
        const seat = seatOf(place, each)
        const turn = (seat * editFactor + each * (changes.remark + changes.tags)) % survivors
        if (turn < changes.remark) edits.remark = each
        else if (turn < changes.remark + changes.tags) edits.tags += 1
      }
      return edits
    },
  }
}

/** A factor without a common divisor with `size`: multiplying by it visits every place of a ring once. */
function factorFor(size: number, part: number): number {
  let factor = Math.max(1, Math.round(size * part))
  while (commonDivisor(factor, size) !== 1) factor += 1
  return factor
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
