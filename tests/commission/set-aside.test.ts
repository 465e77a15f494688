import { creditOrder } from '@zhanggui/server/commission/compute-credits.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from '../support/shop.ts'
import { openRetail } from './retail-story.ts'

const r = await openRetail()
afterAll(() => r.t[Symbol.asyncDispose]())
beforeAll(async () => {
  await openShop(r.t)
  await r.pay(500)
})

const credited = async () =>
  (await r.db.selectFrom('commissionEntry').select(['orderId', 'amount']).orderBy('orderId').execute()).map(
    ({ orderId, amount }) => [orderId, amount],
  )
const alerts = () =>
  r.db.selectFrom('alert').select(['kind', 'subject']).where('closedAt', 'is', null).orderBy('subject').execute()

test('an order whose commission cannot be computed holds nobody else’s back; HQ is told, and it is tried again', async () => {
  for (const no of [1, 2, 3, 4, 5]) await r.buy(`o${no}`, no * 10_000, { salesGuideId: 'LinXiao' })
  // The database takes no entry of this one.
  await r.deps.pool.query(`alter table commission_entry add constraint not_this_one check (order_id <> 'o3') not valid`)
  await r.work()
  expect(await credited()).toEqual([
    ['o1', 500],
    ['o2', 1000],
    ['o4', 2000],
    ['o5', 2500],
  ])
  expect(await alerts()).toEqual([{ kind: 'commission_stuck', subject: 'o3' }])
  const { rows } = await r.deps.pool.query(
    `select payload from graphile_worker._private_jobs where key = 'credit_order o3'`,
  )
  expect(rows).toEqual([{ payload: { orderId: 'o3' } }])

  await expect(creditOrder.run({ orderId: 'o3' }, r.deps, { attempt: 1 })).rejects.toThrow('not_this_one')
  expect(await alerts()).toHaveLength(1)
  await r.deps.pool.query('alter table commission_entry drop constraint not_this_one')
  await creditOrder.run({ orderId: 'o3' }, r.deps, { attempt: 2 })
  expect(await alerts()).toEqual([])
  expect(await credited()).toContainEqual(['o3', 1500])
})
