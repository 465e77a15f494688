import { endAlerts } from '../alerts/alerts.repository.ts'
import { lockLedger, noteForgottenOrders } from '../attribution/due.repository.ts'
import type { Task } from '../jobs/job.ts'
import { creditDueOrders, creditOrders } from './credit-orders.ts'
import { noteUncoveredOrders } from './terms.repository.ts'

/** The database asks for it whenever something that credits depend on was written. */
export const computeCredits: Task = {
  name: 'compute_credits',
  lane: 'general',
  async run(_payload, deps, { stopping }) {
    while (!stopping?.aborted && (await creditDueOrders(deps)));
  },
}

/** An order that could not be worked out with the others. */
export const creditOrder: Task = {
  name: 'credit_order',
  lane: 'general',
  async run(payload, { db, clock, config }) {
    const orderId = String(payload.orderId)
    const now = clock.now()
    await db.transaction().execute(async (tx) => {
      await lockLedger(tx)
      await creditOrders(tx, [orderId], config, now)
    })
    await endAlerts(db, { kinds: ['commission_stuck'], subject: orderId, at: now, now })
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
