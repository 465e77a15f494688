import type { Contact, Follow, FollowRelation, Stretch } from '../cloud/directory.ts'
import { nextRandom, type Random } from '../world/random.ts'
import type { CorpOptions } from './corp-options.ts'
import type { Customers } from './customers.ts'
import { drawsFor, SALT } from './draw.ts'
import type { Edits, Generations } from './generations.ts'
import type { Lists } from './lists.ts'
import type { Members } from './members.ts'
import type { Sharing } from './sharing.ts'
import type { Tags } from './tags.ts'

export interface Relations {
  /** Undefined: nobody stands in this place in this generation. */
  follow(place: number, generation: number): Follow | undefined
  listFollows(guide: number, from: number, limit: number, generation: number): Stretch<Follow>
  listFollowers(customer: number, from: number, limit: number, generation: number): Stretch<FollowRelation>
  listCustomerIds(guide: number, generation: number): string[]
  /** Whether somebody stands here who stands nowhere before: counting these counts customers. */
  isFirstOfCustomer(place: number, generation: number): boolean
}

interface Parts {
  options: CorpOptions
  lists: Lists
  generations: Generations
  sharing: Sharing
  customers: Customers
  members: Members
  tags: Tags
}

const DAY_S = 86_400
/** 2024-11-01 in China; the first generation started within two years of it, each later one on a day of its own. */
const STARTED_FROM = 1_730_390_400
const STARTED_WITHIN = 730 * DAY_S
/** doc 92114; the commonest first. */
const WAYS = [1, 1, 1, 1, 1, 1, 3, 4, 4, 2, 6, 10, 16, 201, 202, 0]
const ACQUISITION_LINK = 16
const BY_CODE = 1
const CHANNELS = 200
const HABITS = ['老客', '朋友介绍', '周末来', '敏感肌', '送礼']
const MOST_TAGS = 5

export function createRelations(parts: Parts): Relations {
  const { options, lists, generations, sharing, customers, members, tags } = parts

  function relationAt(place: number, contact: Contact, started: number, edits: Edits): FollowRelation {
    const random = drawsFor(options.seed, SALT.relation, place)
    const addedAt =
      started === 0
        ? STARTED_FROM + below(random, STARTED_WITHIN)
        : STARTED_FROM + STARTED_WITHIN + started * DAY_S + below(random, DAY_S)
    const addWay = WAYS[below(random, WAYS.length)] ?? BY_CODE
    const throughChannel = addWay === ACQUISITION_LINK || (addWay === BY_CODE && below(random, 2) === 0)
    return {
      guide: members.id(lists.ownerOf(place)),
      customer: contact.externalUserId,
      addedAt,
      addWay,
      channelState: throughChannel ? `qd${below(random, CHANNELS)}` : '',
      remark: remarkOf(contact.name, edits.remark, random),
      description: below(random, 7) === 0 ? `${HABITS[below(random, HABITS.length)]},${addWay} 号来源` : '',
      company: contact.type === 1 && below(random, 30) === 0 ? '自营' : '',
      phones: below(random, 5) === 0 ? [`199${String(below(random, 1e8)).padStart(8, '0')}`] : [],
      tagIds: tagsOf(random, edits.tags).map(tags.id),
      ownTags: below(random, 25) === 0 ? ['我的老客'] : [],
    }
  }

  /** Different after each change: one tag comes, or goes again. */
  function tagsOf(random: Random, changes: number): number[] {
    if (options.tags === 0) return []
    const most = Math.min(MOST_TAGS, options.tags)
    const count = Math.max(0, below(random, most + 3) - 2)
    const first = below(random, options.tags)
    const step = 1 + below(random, Math.floor(options.tags / most))
    const numbers = Array.from({ length: count }, (_, index) => (first + index * step) % options.tags)
    if (changes % 2 === 0) return numbers
    return numbers.includes(first) ? numbers.filter((each) => each !== first) : [...numbers, first]
  }

  function relation(place: number, contact: Contact, generation: number): FollowRelation | undefined {
    const started = generations.startOf(place, generation)
    if (started === undefined) return undefined
    return relationAt(place, contact, started, generations.editsOf(place, generation, started))
  }

  function follow(place: number, generation: number): Follow | undefined {
    if (!isTaken(place, generation)) return undefined
    const contact = customers.contact(sharing.customerAt(place))
    const found = relation(place, contact, generation)
    return found && { contact, relation: found }
  }

  function isTaken(place: number, generation: number): boolean {
    return generations.startOf(place, generation) !== undefined
  }

  return {
    follow,
    isFirstOfCustomer(place, generation) {
      if (!isTaken(place, generation)) return false
      const places = sharing.placesOf(sharing.customerAt(place))
      for (let position = 0; position < (places?.length ?? 0); position++) {
        const each = places?.at(position)
        if (each !== undefined && isTaken(each, generation)) return each === place
      }
      return false
    },
    listFollows(guide, from, limit, generation) {
      const start = lists.startOf(guide)
      const taken = (position: number) => isTaken(start + position, generation)
      const { positions, next } = stretch(from, lists.endOf(guide) - start, limit, taken)
      return { rows: positions.flatMap((position) => follow(start + position, generation) ?? []), next }
    },
    listFollowers(customer, from, limit, generation) {
      const places = sharing.placesOf(customer)
      if (!places) return { rows: [] }
      const takenPlace = (position: number) => {
        const place = places.at(position)
        return place !== undefined && isTaken(place, generation)
      }
      const { positions, next } = stretch(from, places.length, limit, takenPlace)
      const contact = customers.contact(customer)
      const rows = positions.flatMap((position) => relation(places.at(position) ?? 0, contact, generation) ?? [])
      return { rows, next }
    },
    listCustomerIds(guide, generation) {
      const ids: string[] = []
      for (let place = lists.startOf(guide); place < lists.endOf(guide); place++) {
        if (isTaken(place, generation)) ids.push(customers.id(sharing.customerAt(place)))
      }
      return ids
    },
  }
}

/** The positions of one page, and where the next one begins: at the first one taken after it, if there is one. */
function stretch(from: number, end: number, limit: number, taken: (position: number) => boolean) {
  const positions: number[] = []
  for (let position = from; position < end; position++) {
    if (!taken(position)) continue
    if (positions.length === limit) return { positions, next: position }
    positions.push(position)
  }
  return { positions, next: undefined }
}

function remarkOf(name: string, editedIn: number, random: Random): string {
  const habit = HABITS[below(random, HABITS.length)] ?? ''
  const has = below(random, 3) === 0
  if (editedIn > 0) return `${name}·改${editedIn}`
  return has ? `${name}·${habit}` : ''
}

/** A whole number from 0 up to, but not, `end`. */
function below(random: Random, end: number): number {
  return Math.floor(nextRandom(random) * end)
}
