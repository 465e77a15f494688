import type { CorpOptions } from './corp-options.ts'
import { draw, SALT } from './draw.ts'

/** Every place belongs to one guide; a guide's places follow one another. The only thing kept: a number per guide. */
export interface Lists {
  startOf(guide: number): number
  endOf(guide: number): number
  ownerOf(place: number): number
  /** The most places one guide has. */
  longest: number
}

/** One guide in so many has nobody yet. */
const NOBODY_EVERY = 40

export function createLists(options: CorpOptions, places: number): Lists {
  const { guides, bigGuides, customersPerBigGuide, customersPerGuide } = options
  // As many more places as the ring has than there are relations, so that a big guide has its number of customers.
  const bigPlaces = Math.round((customersPerBigGuide * places) / Math.max(1, guides * customersPerGuide))
  const bigEvery = bigGuides > 0 ? Math.floor(guides / bigGuides) : 0
  const isBig = (guide: number) => bigEvery > 0 && guide % bigEvery === 0 && guide / bigEvery < bigGuides
  const weights = Uint32Array.from({ length: guides }, (_, guide) => (isBig(guide) ? 0 : weightOf(options.seed, guide)))
  const weight = weights.reduce((sum, each) => sum + each, 0)
  const rest = Math.max(0, places - bigPlaces * bigGuides)
  const starts = new Uint32Array(guides + 1)
  let passed = 0
  let big = 0
  for (let guide = 0; guide < guides; guide++) {
    passed += weights[guide] ?? 0
    if (isBig(guide)) big += bigPlaces
    starts[guide + 1] = Math.min(places, big + Math.floor(rest * (weight === 0 ? 0 : passed / weight)))
  }
  // Only when all guides are big or have nobody is something left over.
  starts[guides] = places

  const startOf = (guide: number) => starts[guide] ?? places
  const endOf = (guide: number) => starts[guide + 1] ?? places
  let longest = 0
  for (let guide = 0; guide < guides; guide++) longest = Math.max(longest, endOf(guide) - startOf(guide))
  return { startOf, endOf, ownerOf: (place) => lastNotAbove(starts, place), longest }
}

function weightOf(seed: number, guide: number): number {
  return guide % NOBODY_EVERY === NOBODY_EVERY - 1 ? 0 : 200 + (draw(seed, SALT.listLength, guide) % 1600)
}

/** The last index whose value is at most `wanted`, in a list that never falls. */
export function lastNotAbove(sorted: Uint32Array, wanted: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if ((sorted[middle] ?? 0) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
