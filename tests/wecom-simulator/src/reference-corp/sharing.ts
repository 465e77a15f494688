import type { CorpOptions } from './corp-options.ts'
import { draw, SALT } from './draw.ts'
import type { Lists } from './lists.ts'

/** Which places are the same person. A customer's number is that of their first place. */
export interface Sharing {
  customerAt(place: number): number
  /** Undefined for a number that is nobody's. */
  placesOf(customer: number): Places | undefined
  /** The one customer whom very many guides follow. */
  crowd: number
}

/** A list that is computed: `at` gives undefined where the person has no place after all. */
export interface Places {
  length: number
  at(position: number): number | undefined
}

const LANES = 4
/** By lane, the lane of the same person's first place; as often as the share of customers with 2, 3, 4 guides asks for. */
const ALONE = [0, 1, 2, 3]
const PATTERNS = [...Array<number[]>(14).fill(ALONE), [0, 0, 2, 3], [0, 0, 2, 2], [0, 0, 0, 3], [0, 0, 0, 0]]

/**
 * Places a whole longest list apart are never the same guide's. So the places are cut into blocks of four such lanes;
 * what stands side by side in them may be one person with two, three or four guides. What is left over stands alone.
 */
export function createSharing(options: CorpOptions, lists: Lists, places: number): Sharing {
  const { seed, guides } = options
  const lane = Math.max(1, lists.longest)
  const blocksEnd = places - (places % (lane * LANES))
  const crowd = places
  const crowdFollowers = Math.min(options.crowdFollowers, guides)
  const crowdEnd = lists.startOf(crowdFollowers)
  const hasCrowd = (place: number) => place < crowdEnd && lists.startOf(lists.ownerOf(place)) === place
  const firstLane = (place: number) => place - (place % (lane * LANES)) + (place % lane)
  const patternAt = (first: number) => PATTERNS[draw(seed, SALT.sharing, first) % PATTERNS.length] ?? ALONE
  const laneOf = (place: number) => Math.floor((place % (lane * LANES)) / lane)

  return {
    crowd,
    customerAt(place) {
      if (hasCrowd(place)) return crowd
      if (place >= blocksEnd) return place
      const first = firstLane(place)
      return first + (patternAt(first)[laneOf(place)] ?? 0) * lane
    },
    placesOf(customer) {
      if (customer === crowd) return { length: crowdFollowers, at: (guide) => firstPlaceOf(lists, guide) }
      if (customer > crowd) return undefined
      const unlessCrowd = (place: number) => (hasCrowd(place) ? undefined : place)
      if (customer >= blocksEnd) return { length: 1, at: () => unlessCrowd(customer) }
      const first = firstLane(customer)
      const own = laneOf(customer)
      const pattern = patternAt(first)
      if (pattern[own] !== own) return undefined
      const lanes = pattern.flatMap((leader, each) => (leader === own ? [each] : []))
      return { length: lanes.length, at: (position) => unlessCrowd(first + (lanes[position] ?? own) * lane) }
    },
  }
}

function firstPlaceOf(lists: Lists, guide: number): number | undefined {
  const place = lists.startOf(guide)
  return place < lists.endOf(guide) ? place : undefined
}
