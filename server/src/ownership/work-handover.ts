import type { Db } from '../db/connection.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { RunLater, type Task } from '../jobs/job.ts'
import { WecomError } from '../wecom/errors.ts'
import { handGroupsOver } from './hand-groups-over.ts'
import { judgeCustomer, NOT_A_FRIEND } from './handover-words.ts'
import { findHandover, finishIfSettled, type Handover, keepBegun, listQueued, tryTurn } from './handovers.repository.ts'
import { planHandover } from './plan-handover.ts'
import { pollHandover } from './poll-handover.ts'

/** doc 92125 */
const CUSTOMERS_PER_CALL = 100
const TURN_PAUSE_MS = 2_000
/** A giver of thousands takes minutes; the others wait. */
const TURN_TRIES = 3_600

/**
 * Asks WeCom to hand over whoever is still queued, a hundred at a time, each answer kept before the next question. A
 * yes that was lost on the way is asked for again, and WeCom then says that it is under way.
 */
export const workHandover: Task = {
  name: 'work_handover',
  lane: 'general',
  async run({ handoverId }, deps) {
    const { db, clock } = deps
    const handover = await findHandover(db, String(handoverId))
    if (!handover || handover.finishedAt) return
    await db.transaction().execute(async (turn) => {
      if (!(await tryTurn(turn, handover.fromUserId)))
        throw new RunLater('another handover of this guide is under way', TURN_PAUSE_MS, TURN_TRIES)
      if (!handover.plannedAt) await planHandover(handover, deps)
      await handCustomersOver(handover, deps)
      await handGroupsOver(handover, deps)
    })
    await finishIfSettled(db, handover.handoverId, clock.now())
  },
}

export async function workHandoverJob(tx: Db, handoverId: string): Promise<void> {
  await enqueue(tx, {
    task: workHandover.name,
    payload: { handoverId },
    key: `work_handover ${handoverId}`,
    priority: 5,
  })
}

async function handCustomersOver(handover: Handover, deps: Deps): Promise<void> {
  const { handoverId } = handover
  let someAreGone = false
  for (;;) {
    const customers = await listQueued(deps.db, handoverId, CUSTOMERS_PER_CALL)
    if (customers.length === 0) break
    const answers = await askFor(handover, customers, deps)
    const told = customers.map((externalUserId) => ({
      externalUserId,
      ...judgeCustomer(answers.get(externalUserId) ?? NOT_A_FRIEND),
    }))
    await keepBegun(deps.db, handoverId, told, deps.clock.now())
    someAreGone ||= told.some(({ errcode }) => errcode === NOT_A_FRIEND)
  }
  // Perhaps gone because we handed them over before a long silence of ours.
  if (someAreGone) await pollHandover(handover, deps)
}

/** An errcode for each. A no to all of them is each one's; what may pass is thrown and tried again. */
async function askFor(
  { kind, fromUserId, toUserId, message }: Handover,
  customers: string[],
  { wecom }: Deps,
): Promise<Map<string, number>> {
  const sides = { handover_userid: fromUserId, takeover_userid: toUserId, external_userid: customers }
  try {
    const { customer } =
      kind === 'active'
        ? await wecom.call('externalcontact/transfer_customer', {
            ...sides,
            ...(message !== null && { transfer_success_msg: message }),
          })
        : await wecom.call('externalcontact/resigned/transfer_customer', sides)
    return new Map(customer.map(({ external_userid, errcode }) => [external_userid, errcode]))
  } catch (error) {
    const errcode = finalErrcode(error)
    if (errcode === undefined) throw error
    return new Map(customers.map((externalUserId) => [externalUserId, errcode]))
  }
}

/** Of a refusal that another try would not change. */
export function finalErrcode(error: unknown): number | undefined {
  const isFinal = error instanceof WecomError && ['object', 'request', 'final'].includes(error.failure)
  return isFinal ? error.errcode : undefined
}
