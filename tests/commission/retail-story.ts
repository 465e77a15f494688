import { reachUncovered } from '@zhanggui/server/commission/compute-credits.ts'
import { creditDueOrders } from '@zhanggui/server/commission/credit-orders.ts'
import { makeLine, makeOrder } from '../open-api/records.ts'
import { senderTo } from '../open-api/sender.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'

/** A till and HQ at work: records go in through the open API, and what the workers would do is done when asked for. */
export async function openRetail(options: Parameters<typeof testApp>[0] = {}) {
  const t = await testApp(options)
  const sender = senderTo(t)
  const send = async (kind: string, records: readonly object[]) => {
    const answer = await sender.put(kind, records)
    if (answer.rejected.length > 0) throw new Error(JSON.stringify(answer.rejected))
    return answer
  }
  return {
    ...t,
    t,
    send,
    get: sender.get,
    put: async (kind: string, records: readonly object[]) => ({ body: await sender.put(kind, records) }),
    post: (path: string, payload: object = {}) => postTo(t, path, payload),
    /** Works out everything that was noted, after what waits to be noted. */
    async work() {
      const { rows: waiting } = await t.deps.pool.query<{ id: string; payload: Record<string, unknown> }>(
        `select job.id, payload from graphile_worker._private_jobs job
         join graphile_worker._private_tasks task on task.id = task_id where identifier = $1`,
        [reachUncovered.name],
      )
      for (const { payload } of waiting) await reachUncovered.run(payload, t.deps, { attempt: 1 })
      await t.deps.pool.query('select graphile_worker.complete_jobs($1)', [waiting.map(({ id }) => id)])
      while (await creditDueOrders(t.deps));
    },
    /** As if nothing had ever come in. */
    async forgetEverything() {
      const { rows } = await t.deps.pool.query<{ name: string }>(
        `select format('%I', tablename) as name from pg_tables
         where schemaname = 'public' and tablename <> 'schema_migration'`,
      )
      await t.deps.pool.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
    },
    /** One line of a product, bought in the shop. */
    buy: (orderId: string, amount: number, over: object = {}) =>
      send('orders', [makeOrder({ orderId, lines: [makeLine({ amount })], ...over })]),
    refund: (refundId: string, orderId: string, amount: number, over: object = {}) =>
      send('refunds', [
        { refundId, orderId, refundedAt: '2026-09-03T10:00:00+08:00', lines: [makeLine({ amount })], ...over },
      ]),
    /** The one rule: so many basis points of everything. */
    pay: (rate: number, over: object = {}) =>
      send('commission-rules', [
        { ruleId: 'all', credit: 'sales', rate, effectiveFrom: '2026-01-01T00:00:00+08:00', ...over },
      ]),
  }
}
export type Retail = Awaited<ReturnType<typeof openRetail>>

async function postTo({ app }: TestApp, path: string, payload: object) {
  const answer = await app.inject({
    method: 'POST',
    url: `/open/v1/${path}`,
    headers: { authorization: `Bearer ${TILL_KEY}` },
    payload,
  })
  return { status: answer.statusCode, body: answer.json() }
}
