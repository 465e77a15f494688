import type { EndedBy } from '@zhanggui/shared/customer.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/schema.ts'
import { keepNews } from './keep-news.repository.ts'
import type { SealedPhones } from './noted-phones.ts'
import { turnsOf } from './turns.repository.ts'

/** A relation began or ended, as a callback told it or as its absence from a full listing showed ('missing'). */
export interface FollowChange {
  guideUserId: string
  what: 'started' | 'ended'
  at: Date
  endedBy?: EndedBy
  channelState?: string
}

export interface MirroredCustomer {
  name: string
  type: number
  gender: number
  avatar: string | null
  unionId: string | null
  corpName: string | null
  /** Those WeCom told of; a relation it did not name stays as it is. */
  relations: MirroredRelation[]
}

export interface MirroredRelation {
  guideUserId: string
  startedAt: Date
  remark: string | null
  description: string | null
  addWay: number | null
  channelState: string | null
  operUserId: string | null
  company: string | null
  phones: SealedPhones
  /** The corp's tags; their names where WeCom gave them. */
  tags: { tagId: string; name?: string; groupName?: string }[]
  /** The guide's own tags; undefined: WeCom did not tell (doc 92994). */
  ownTags?: string[]
}

export interface CustomerNews {
  externalUserId: string
  change?: FollowChange
  /** What WeCom said when asked at `heardAt`. */
  mirrored?: MirroredCustomer
  heardAt: Date
}

/** How far the mirror was from what WeCom told. */
export interface Drift {
  newCustomers: number
  changedCustomers: number
  newRelations: number
  changedRelations: number
  changedTags: number
}

export async function keepCustomerNews(db: Kysely<Database>, news: CustomerNews): Promise<void> {
  await db.transaction().execute((tx) => keepManyCustomerNews(tx, [news]))
}

/**
 * Keeps what was heard of customers, in whatever order and how often ever it is told. Starts and ends are added to
 * each pair's history, which is a set, and the relation is read off the whole of it: live if the last start is later
 * than the last end, begun when WeCom says it was made or, unless asked, at the first start since the end before. An end found by absence is void once WeCom names
 * the relation again. The owner is whom the last move named, else whoever started first of all. An answer of WeCom to
 * an older question never overwrites a newer one's. Of an erased person nothing is kept but what began since.
 *
 * News of one customer take turns until `tx` is over, so that each is read off all that went before.
 */
export async function keepManyCustomerNews(tx: Kysely<Database>, news: readonly CustomerNews[]): Promise<Drift> {
  const customers = merge(news)
  // Before the statement below, or that would not see what the last holder committed. Its plan is kept, and one made
  // while the tables were small would read them whole for ever.
  await sql`
    select pg_advisory_xact_lock(key), set_config('enable_seqscan', 'off', true)
    from ${turnsOf(customers.map(({ id }) => id))}`.execute(tx)
  return keepNews(tx, {
    customers: JSON.stringify(customers.map(({ id, heardAt, profile }) => ({ id, heardAt, profile }))),
    relations: JSON.stringify(customers.flatMap(({ relations }) => [...relations.values()])),
    changes: JSON.stringify(customers.flatMap(({ changes }) => changes)),
  })
}

/** One entry a customer: a page may name one several times, once for each of her guides. The latest profile wins. */
function merge(news: readonly CustomerNews[]) {
  const customers = new Map<string, ReturnType<typeof emptyEntry>>()
  for (const { externalUserId: id, change, mirrored, heardAt } of news) {
    const entry = customers.get(id) ?? emptyEntry(id, heardAt)
    customers.set(id, entry)
    if (change) entry.changes.push({ id, ...change })
    if (!mirrored) continue
    const { relations, ...profile } = mirrored
    if (!entry.profile || heardAt >= entry.heardAt) Object.assign(entry, { profile, heardAt })
    for (const relation of relations) entry.relations.set(relation.guideUserId, { id, heardAt, ...relation })
  }
  return [...customers.values()]
}

function emptyEntry(id: string, heardAt: Date) {
  return {
    id,
    heardAt,
    profile: undefined as Omit<MirroredCustomer, 'relations'> | undefined,
    relations: new Map<string, MirroredRelation & { id: string; heardAt: Date }>(),
    changes: [] as (FollowChange & { id: string })[],
  }
}
