import { noteForgottenOrders } from '../attribution/due.repository.ts'
import type { Task } from '../jobs/job.ts'
import { creditDueOrders } from './credit-orders.ts'
import { noteUncoveredOrders } from './terms.repository.ts'

/** The database asks for it whenever something that credits depend on was written. */
export const computeCredits: Task = {
  name: 'compute_credits',
  lane: 'general',
  async run(_payload, deps, { stopping }) {
    while (!stopping?.aborted && (await creditDueOrders(deps)));
  },
}

/** After rules were published: orders since they take effect that had none get them. */
export const reachUncovered: Task = {
  name: 'reach_uncovered',
  lane: 'general',
  async run({ since }, { db }) {
    await noteUncoveredOrders(db, new Date(String(since)))
  },
}

const REMEMBERED_DAYS = 60

/** Every night: what slipped through, because two wrote at the same instant. */
export const sweepCredits: Task = {
  name: 'sweep_credits',
  lane: 'general',
  async run(_payload, { db, clock }) {
    await noteForgottenOrders(db, new Date(clock.now().getTime() - REMEMBERED_DAYS * 86_400_000))
  },
}
