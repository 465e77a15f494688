import { afterAll, expect, test } from 'vitest'
import { makeOrder } from '../open-api/records.ts'
import { TILL_KEY } from '../support/env.ts'
import { startStory } from '../support/server.ts'
import { until } from '../support/until.ts'

const story = await startStory()
afterAll(() => story[Symbol.asyncDispose]())

async function send(kind: string, records: object[]): Promise<void> {
  const answer = await fetch(`${story.server.url}/open/v1/${kind}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TILL_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(records),
  })
  expect(await answer.json()).toMatchObject({ rejected: [] })
}

const amounts = async () => {
  await story.settled()
  const rows = await story.db.selectFrom('commissionEntry').select('amount').orderBy('entryId').execute()
  return rows.map(({ amount }) => amount)
}

test('the ledger follows what comes in, and rules that come late, without anybody asking', async () => {
  await send('orders', [makeOrder({ salesGuideId: 'LinXiao', paidAmount: 100_000 })])
  await until(async () => (await story.db.selectFrom('orderAttribution').selectAll().execute()).length === 1)
  expect(await amounts()).toEqual([])
  await send('commission-rules', [
    { ruleId: 'all', credit: 'sales', rate: 500, effectiveFrom: '2026-01-01T00:00:00+08:00' },
  ])
  await until(async () => (await amounts()).length === 1)
  await send('refunds', [
    {
      refundId: 'r1',
      orderId: 'o1',
      refundedAt: '2026-09-02T10:00:00+08:00',
      lines: makeOrder().lines,
      amount: 40_000,
    },
  ])
  await until(async () => (await amounts()).length === 2)
  expect(await amounts()).toEqual([5000, -2000])
})
