import { endUnnamed, hasEndedSince, listUnnamed, type Pair } from '../customers/full-reading.repository.ts'
import { mirrorCustomer } from '../customers/mirror-customer.ts'
import type { Deps } from '../deps.ts'
import { WecomError } from '../wecom/errors.ts'
import type { Unit } from './part.ts'
import { addTallies, type Tally } from './tally.ts'

const AT_ONCE = 200
/** WeCom's clock and ours, and WeCom's whole seconds. */
const SKEW_MS = 5 * 60_000
/** More doubts than these are left to the next run. */
const MOST_ASKED = 1_000
const ASKED_AT_ONCE = 8

/**
 * Ends the relations that a complete reading did not name. Where the pages may have missed somebody (a friend made
 * meanwhile, a list that got shorter while it was read, a break), WeCom is asked about each customer first.
 */
export async function endMissingCustomers(deps: Deps, units: readonly Unit[]): Promise<Partial<Tally>> {
  let ended = 0
  const doubtful: Pair[] = []
  for (const { subjects: guides, beganAt, resumed } of units) {
    const reading = { guides, since: beganAt, settledBefore: new Date(beganAt.getTime() - SKEW_MS) }
    const doubtAll = resumed || (await hasEndedSince(deps.db, guides, reading.settledBefore))
    let after: Pair | undefined
    do {
      const unnamed = await listUnnamed(deps.db, reading, { after, limit: AT_ONCE })
      const certain = unnamed.filter(({ recent }) => !recent && !doubtAll)
      ended += await endUnnamed(deps.db, certain, { ...reading, at: beganAt })
      const doubts = unnamed.filter(({ recent }) => recent || doubtAll)
      doubtful.push(...doubts.slice(0, MOST_ASKED - doubtful.length))
      after = unnamed.length < AT_ONCE ? undefined : unnamed.at(-1)
    } while (after)
  }
  return addTallies({ ended, drift: { missingRelations: ended } }, await askAbout(doubtful, deps))
}

async function askAbout(doubtful: readonly Pair[], deps: Deps): Promise<Partial<Tally>> {
  const byCustomer = new Map<string, Pair[]>()
  for (const pair of doubtful) {
    byCustomer.set(pair.externalUserId, [...(byCustomer.get(pair.externalUserId) ?? []), pair])
  }
  const customers = [...byCustomer]
  let ended = 0
  let left = 0
  for (let from = 0; from < customers.length; from += ASKED_AT_ONCE) {
    const outcomes = await Promise.all(
      customers.slice(from, from + ASKED_AT_ONCE).map(([id, pairs]) => askAboutOne(id, pairs, deps)),
    )
    for (const outcome of outcomes) {
      if (outcome === undefined) left += 1
      else ended += outcome
    }
  }
  return { ended, drift: { missingRelations: ended, ...(left > 0 && { undecided: left }) } }
}

/** How many ended; undefined: WeCom did not say. */
async function askAboutOne(externalUserId: string, pairs: readonly Pair[], deps: Deps): Promise<number | undefined> {
  const asked = deps.clock.now()
  try {
    await mirrorCustomer(externalUserId, deps)
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    // Nobody's customer, or nobody WeCom knows: that is an answer.
    if (error.failure !== 'object') return undefined
  }
  return endUnnamed(deps.db, pairs, { since: asked, settledBefore: asked, at: asked })
}
