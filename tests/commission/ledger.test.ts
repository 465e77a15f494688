import { creditDueOrders } from '@zhanggui/server/commission/credit-orders.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLine } from '../open-api/records.ts'
import fc from '../support/properties.ts'
import { openShop } from '../support/shop.ts'
import { openRetail } from './retail-story.ts'

const r = await openRetail()
afterAll(() => r.t[Symbol.asyncDispose]())

beforeAll(async () => {
  await openShop(r.t)
  await r.send('products', [
    { productId: 'p1', name: '天鹅项链', price: 100, brand: '星河' },
    { productId: 'p2', name: '唇釉', price: 100 },
  ])
  await r.pay(333)
  await r.pay(1_250, { ruleId: 'star', brand: '星河' })
  await r.pay(77, { ruleId: 'service', credit: 'service' })
})

const ledger = () => r.db.selectFrom('commissionEntry').selectAll().orderBy('entryId').execute()
const sumOf = (rows: readonly { amount: number }[]) => rows.reduce((sum, { amount }) => sum + amount, 0)

test('nothing in the ledger, its evidence or its rules can be edited or deleted', async () => {
  await r.buy('fixed', 100_000, { salesGuideId: 'LinXiao' })
  await r.work()
  r.clock.set(new Date('2026-10-01T10:00:00+08:00'))
  await r.post('commission/periods/2026-09/close', { by: 'finance' })
  for (const table of [
    'commission_entry',
    'commission_rule',
    'commission_terms',
    'commission_period',
    'commission_settlement',
    'order_attribution',
  ]) {
    const { rows: columns } = await r.deps.pool.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_name = $1 and is_identity = 'NO' and data_type in ('text', 'bigint', 'integer')`,
      [table],
    )
    for (const { name, type } of columns) {
      const other = type === 'text' ? `coalesce(${name}, '') || 'x'` : `coalesce(${name}, 0) + 1`
      await expect(r.deps.pool.query(`update ${table} set ${name} = ${other}`), `${table}.${name}`).rejects.toThrow()
    }
    await expect(r.deps.pool.query(`delete from ${table}`), table).rejects.toThrow(/only ever added to|foreign key/)
    expect(columns.length).toBeGreaterThan(0)
  }
})

test('two servers that work out the same orders at once write each entry once', async () => {
  await r.send(
    'orders',
    Array.from({ length: 60 }, (_, index) => ({
      orderId: `twice-${index}`,
      channel: 'store',
      placedAt: '2026-09-05T10:00:00+08:00',
      salesGuideId: 'LinXiao',
      lines: [makeLine({ amount: 1_000 })],
    })),
  )
  // Each order is noted many times over, so that all of them find something to do.
  for (let time = 0; time < 20; time++)
    await sql`insert into credit_due (order_id) select order_id from sales_order where order_id like 'twice-%'`.execute(
      r.db,
    )
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      while (await creditDueOrders(r.deps));
    }),
  )
  const entries = (await ledger()).filter(({ orderId }) => orderId.startsWith('twice-'))
  expect(entries).toHaveLength(60)
  expect(sumOf(entries)).toBe(60 * 125)
})

test('refunds that race a close are settled once, in this month or the next', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `race-${index}`)
  await r.send(
    'orders',
    ids.map((orderId) => ({
      orderId,
      channel: 'store',
      placedAt: '2026-10-05T10:00:00+08:00',
      salesGuideId: 'LinXiao',
      lines: [makeLine({ amount: 1_000 })],
    })),
  )
  await r.work()
  r.clock.set(new Date('2026-11-02T10:00:00+08:00'))
  await Promise.all([
    ...ids.map(async (orderId) => {
      await r.refund(`back-${orderId}`, orderId, 1_000, { refundedAt: '2026-10-20T10:00:00+08:00' })
      while (await creditDueOrders(r.deps));
    }),
    r.post('commission/periods/2026-10/close', { by: 'finance' }),
    r.post('commission/periods/2026-10/close', { by: 'somebody else' }),
  ])
  await r.work()
  const october = (await r.get<{ difference: number }>('commission/periods/2026-10')).body
  r.clock.set(new Date('2026-12-02T10:00:00+08:00'))
  const november = (await r.post('commission/periods/2026-11/close', { by: 'finance' })).body
  expect([october.difference, november.difference]).toEqual([0, 0])
  const { rows } = await sql<{ entries: number; settled: number; total: number }>`
    select count(*) as entries, count(s.entry_id) as settled, sum(amount)::bigint as total
    from commission_entry left join commission_settlement s using (entry_id) where order_id like 'race-%'`.execute(r.db)
  expect(rows).toEqual([{ entries: 80, settled: 80, total: 0 }])
})

// Whatever happens to some orders, in whatever order it arrives and whoever works at the same time.
type Event =
  | { kind: 'order'; order: number; amounts: number[]; paid: number; till: number; service: number }
  | { kind: 'refund'; refund: number; order: number; amount: number; product: number }
  | { kind: 'correction'; order: number; guide: number; credit: 'sales' | 'service' }
  | { kind: 'close' }
  | { kind: 'work'; servers: number }

const guides = ['LinXiao', 'ZhouMin', 'ChenChen']
const products = ['p1', 'p2']
const order = fc.integer({ min: 0, max: 2 })
const amount = fc.integer({ min: 0, max: 3_000 })
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('order' as const),
    order,
    amounts: fc.array(amount, { minLength: 1, maxLength: 3 }),
    paid: fc.integer({ min: 0, max: 6_000 }),
    till: fc.integer({ min: 0, max: 3 }),
    service: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('refund' as const),
    refund: fc.integer({ min: 0, max: 3 }),
    order,
    amount,
    product: fc.integer({ min: 0, max: 1 }),
  }),
  fc.record({
    kind: fc.constant('correction' as const),
    order,
    guide: fc.integer({ min: 0, max: 3 }),
    credit: fc.constantFrom('sales' as const, 'service' as const),
  }),
  fc.record({ kind: fc.constant('close' as const) }),
  fc.record({ kind: fc.constant('work' as const), servers: fc.integer({ min: 1, max: 3 }) }),
)

let months = 0
async function happen(run: string, event: Event): Promise<void> {
  switch (event.kind) {
    case 'order': {
      const { amounts, paid, till, service } = event
      await r.send('orders', [
        {
          orderId: `${run}-${event.order}`,
          channel: 'store',
          placedAt: '2026-09-10T10:00:00+08:00',
          lines: amounts.map((amount, index) => makeLine({ productId: products[index % 2], amount })),
          paidAmount: paid,
          ...(guides[till] && { salesGuideId: guides[till] }),
          ...(guides[service] && { serviceGuideId: guides[service] }),
        },
      ])
      return
    }
    case 'refund': {
      const { refund, amount, product } = event
      await r.refund(`${run}-r${refund}`, `${run}-${event.order}`, amount, {
        lines: [makeLine({ productId: products[product], amount })],
      })
      return
    }
    case 'correction': {
      const { credit, guide } = event
      await r.post(`orders/${run}-${event.order}/attribution-corrections`, {
        credit,
        guideId: guides[guide] ?? null,
        reason: 'as agreed',
        by: 'boss',
      })
      return
    }
    case 'close': {
      const month = new Date(Date.UTC(2027, months++, 1)).toISOString().slice(0, 7)
      r.clock.set(new Date(`${month}-28T10:00:00+08:00`))
      r.clock.advance(6 * 86_400_000)
      expect((await r.post(`commission/periods/${month}/close`, { by: 'finance' })).body).toMatchObject({
        difference: 0,
      })
      return
    }
    case 'work':
      await Promise.all(
        Array.from({ length: event.servers }, async () => {
          while (await creditDueOrders(r.deps));
        }),
      )
  }
}

/** What is left to whom by the last word of till and manager, worked out from the rows by another road: in SQL. */
async function owedInSql(run: string) {
  const { rows } = await sql<{ orderId: string; credit: string; net: number; most: number }>`
    select o.order_id, credit,
      greatest(least(o.paid_amount, line.sum) - coalesce(back.sum, 0), 0)::bigint as net,
      line.sum::bigint as most
    from sales_order o
    join order_credit a using (order_id)
    cross join lateral (values ('sales', a.sales_guide_id), ('service', a.service_guide_id)) as c (credit, guide)
    cross join lateral (select sum(amount) from sales_order_line where order_id = o.order_id) line
    left join lateral (select sum(amount) from sales_refund where order_id = o.order_id) back on true
    where o.order_id like ${`${run}-%`} and guide is not null`.execute(r.db)
  return rows
}

test('whatever happens in whatever order, the ledger comes to what is left of the money', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 14 }), fc.func(fc.integer()), async (events, rank) => {
      const run = `run${runs++}`
      for (const event of events) await happen(run, event)
      await r.work()
      const mine = (await ledger()).filter(({ orderId }) => orderId.startsWith(`${run}-`))

      // Money: the bases of each credited order add up to what was received and not given back.
      const bases = new Map<string, number>()
      for (const { orderId, credit, base } of mine)
        bases.set(`${orderId} ${credit}`, (bases.get(`${orderId} ${credit}`) ?? 0) + base)
      const owed = await owedInSql(run)
      expect(Object.fromEntries([...bases].filter(([, base]) => base !== 0))).toEqual(
        Object.fromEntries(
          owed.filter(({ net }) => net !== 0).map(({ orderId, credit, net }) => [`${orderId} ${credit}`, net]),
        ),
      )
      // Commission: by guide, credit and rule, the rate of the base to the nearest fen.
      const keys = mine.map((entry) => [entry.orderId, entry.guideUserId, entry.credit, entry.ruleId].join(' '))
      for (const key of new Set(keys)) {
        const entries = mine.filter((_, index) => keys[index] === key)
        const base = entries.reduce((sum, entry) => sum + entry.base, 0)
        expect(sumOf(entries), key).toBe(Math.round((base * (entries[0]?.rate ?? 0)) / 10_000))
      }

      // The same news in another order, and twice, ends in the same bases.
      const told = events.filter(({ kind }) => kind === 'refund' || kind === 'order')
      const last = told.filter((one, index) => !told.slice(index + 1).some((later) => keyOf(later) === keyOf(one)))
      const again = `again${runs}`
      const shuffled = last.map((one, index) => ({ one, rank: rank(index) })).sort((a, b) => a.rank - b.rank)
      for (const { one } of [...shuffled, ...shuffled]) {
        await happen(again, one)
        await r.work()
      }
      if (!events.some(({ kind }) => kind === 'correction')) {
        const sums = async (prefix: string) => {
          const { rows } = await sql`
            select substr(order_id, ${prefix.length + 1}::int) as order_no, guide_user_id, credit, rule_id,
              kind = 'reversal' as reversal, sum(base)::bigint as base, sum(amount)::bigint as amount
            from commission_entry where order_id like ${`${prefix}-%`}
            group by 1, 2, 3, 4, 5 having sum(base) <> 0 or sum(amount) <> 0 order by 1, 2, 3, 4, 5`.execute(r.db)
          return rows
        }
        expect(await sums(again)).toEqual(await sums(run))
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
  const { rows } = await sql<{ difference: number }>`
    select (select coalesce(sum(total), 0) from commission_period)
      - (select coalesce(sum(amount), 0) from commission_entry join commission_settlement using (entry_id)) as difference`.execute(
    r.db,
  )
  expect(Number(rows[0]?.difference)).toBe(0)
})

function keyOf(event: Event): string {
  if (event.kind === 'refund') return `refund ${event.refund}`
  return event.kind === 'order' ? `order ${event.order}` : event.kind
}
