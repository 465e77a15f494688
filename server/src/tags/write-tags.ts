import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { enqueueReread } from '../customers/reread-customer.ts'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { type GuideAction, keepActions } from '../guide-actions/guide-actions.repository.ts'
import type { Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { listHeldTagIds } from './card-tags.repository.ts'
import { inTurn, markInTurn } from './mark-tags.ts'
import { mirrorTags } from './mirror-tags.ts'
import { listLiveTagIds } from './palette.repository.ts'
import { planWrite } from './plan-write.ts'
import { dropWrites, listWaitingWrites, type Pair, refuseWrites, type WaitingWrite } from './tag-writes.repository.ts'

const NO_SUCH_TAG = 40068
/** So many tags of one customer and no more; WeCom publishes no number. */
const TOO_MANY_TAGS = 40144
/** A guide who hears nothing for longer has long since gone on. */
const PATIENCE_MS = 10 * 60_000

type WriteDeps = Pick<Deps, 'db' | 'wecom' | 'clock' | 'log'>

/**
 * Tells WeCom in one call what a guide has tapped on one customer since the last. Killed anywhere it is simply done
 * again: setting a tag twice is setting it once. What WeCom refuses is kept as refused, for the page to roll back.
 */
export const writeTags: Task = {
  name: 'write_tags',
  lane: 'general',
  async run(payload, deps) {
    const pair = { guideUserId: String(payload.guideUserId), externalUserId: String(payload.externalUserId) }
    const refusal = await inTurn(deps.db, pair, (tx) => writeWaiting(tx, deps, pair, { refuseUnknown: false }))
    if (refusal?.errcode === NO_SUCH_TAG) {
      // One of several tags is no more; the list says which.
      await mirrorTags(deps)
      await inTurn(deps.db, pair, (tx) => writeWaiting(tx, deps, pair, { refuseUnknown: true }))
    }
    // The guide has been told; an admin must be, too.
    if (refusal?.failure === 'configuration') throw refusal
  },
}

/** Gives WeCom's refusal, if it was one. Throws WecomError for what is worth another try. */
async function writeWaiting(
  tx: Transaction<Database>,
  deps: WriteDeps,
  pair: Pair,
  { refuseUnknown }: { refuseUnknown: boolean },
): Promise<WecomError | undefined> {
  const writes = await listWaitingWrites(tx, pair)
  const ids = writes.map(({ tagId }) => tagId)
  const plan = planWrite(writes, await listHeldTagIds(tx, pair), await listLiveTagIds(tx, ids))
  const done = [...plan.done]
  const refused = plan.gone.map((write) => ({ write, errcode: NO_SUCH_TAG as number | null }))

  // No row is touched before WeCom has answered, so that the next tap need not wait for it.
  let { add, remove } = plan
  let refusal: WecomError | undefined
  while (add.length + remove.length > 0) {
    const error = await mark(tx, deps, pair, add, remove)
    if (error === undefined) {
      done.push(...add, ...remove)
      break
    }
    if (isWorthWaiting(error, [...add, ...remove], deps.clock.now())) throw error
    refusal = error
    if (error.errcode === NO_SUCH_TAG && !refuseUnknown) break
    const isOnlyAdding = error.errcode === TOO_MANY_TAGS && remove.length > 0 && add.length > 0
    refused.push(
      ...[...add, ...(isOnlyAdding ? [] : remove)].map((write) => ({ write, errcode: error.errcode ?? null })),
    )
    if (!isOnlyAdding) break
    add = []
  }

  await dropWrites(tx, pair, done)
  await keepActions(tx, tagsAdded(pair, done, deps.clock.now()))
  const at = deps.clock.now()
  for (const { write, errcode } of refused) await refuseWrites(tx, pair, [write], { at, errcode })
  if (refused.length > 0) deps.log.info({ errcode: refusal?.errcode, tags: refused.length }, 'WeCom refused tags')
  // The relation may not be what we think it is.
  if (refusal?.failure === 'object') await enqueueReread(tx, pair.externalUserId, at)
  return refusal
}

/** For the process figures: each tag WeCom has taken, once. */
function tagsAdded(pair: Pair, done: readonly WaitingWrite[], at: Date): GuideAction[] {
  return done.filter(({ wanted }) => wanted).map(() => ({ actionId: randomUUID(), action: 'tag_add', ...pair, at }))
}

async function mark(
  tx: Transaction<Database>,
  deps: WriteDeps,
  pair: Pair,
  add: readonly WaitingWrite[],
  remove: readonly WaitingWrite[],
): Promise<WecomError | undefined> {
  try {
    await markInTurn(tx, deps, pair, { add: add.map(({ tagId }) => tagId), remove: remove.map(({ tagId }) => tagId) })
    return undefined
  } catch (error) {
    if (error instanceof WecomError) return error
    throw error
  }
}

function isWorthWaiting({ failure }: WecomError, writes: readonly WaitingWrite[], now: Date): boolean {
  const oldest = Math.min(...writes.map(({ askedAt }) => askedAt.getTime()))
  return ['transient', 'throttled', 'token'].includes(failure) && now.getTime() - oldest < PATIENCE_MS
}
