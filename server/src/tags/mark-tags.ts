import { type Kysely, sql, type Transaction } from 'kysely'
import { keepMarkedTags } from '../customers/own-writes.repository.ts'
import { enqueueReread } from '../customers/reread-customer.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Pair } from './tag-writes.repository.ts'

export interface TagChange {
  add: readonly string[]
  remove: readonly string[]
}

type MarkDeps = Pick<Deps, 'db' | 'wecom' | 'clock'>

/**
 * Sets and takes off corp tags on a live relation at once (doc 92118), and writes down what WeCom said yes to. Throws
 * WecomError. For jobs: it holds a database connection while WeCom answers. `pair` is in WeCom's spelling.
 */
export function markTags(deps: MarkDeps, pair: Pair, change: TagChange): Promise<void> {
  return inTurn(deps.db, pair, (tx) => markInTurn(tx, deps, pair, change))
}

/** WeCom refuses two writers of one pair at a time (45035), so they take turns, on whichever server they run. */
export function inTurn<T>(
  db: Kysely<Database>,
  { guideUserId, externalUserId }: Pair,
  work: (tx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const name = `mark_tag ${guideUserId.toLowerCase()} ${externalUserId}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx)
    return work(tx)
  })
}

export async function markInTurn(
  tx: Transaction<Database>,
  { wecom, clock }: MarkDeps,
  pair: Pair,
  { add, remove }: TagChange,
): Promise<void> {
  if (add.length === 0 && remove.length === 0) return
  await wecom.call('externalcontact/mark_tag', {
    userid: pair.guideUserId,
    external_userid: pair.externalUserId,
    ...(add.length > 0 && { add_tag: [...add] }),
    ...(remove.length > 0 && { remove_tag: [...remove] }),
  })
  const at = clock.now()
  await keepMarkedTags(tx, { ...pair, at }, { add, remove })
  await enqueueReread(tx, pair.externalUserId, at)
}
