import { existsSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readMapping } from '@zhanggui/server/import/mapping.ts'
import { runImport } from '@zhanggui/server/import/run-import.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testApp } from '../support/app.ts'
import { repository } from '../support/repository.ts'
import { put } from '../support/shop.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

// The public "Online Retail" data set (D. Chen, doi 10.24432/C5BW33) is not part of this repository.
const NAME = '2010-12_2011-02.csv.gz'
const data = join(repository, '../shared/data/online-retail', NAME)
const reason = existsSync(data) ? '' : ` (skipped: ${data} is not here)`

test.skipIf(reason !== '')(`a real quarter of a gift retailer comes in to the penny${reason}`, async () => {
  await using folder = await temporaryFolder()
  await using t = await testApp()
  const mapping = readMapping(await readFile(join(repository, 'docs/import/uk-gift-retailer.json'), 'utf8'))
  if (typeof mapping === 'string') throw new Error(mapping)
  const file = join(folder.path, NAME)
  await copyFile(data, file)
  const startedAt = performance.now()
  const result = await runImport(t.deps, { kind: 'orders', file, mapping, dryRun: false })
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${result.rows} rows in ${seconds.toFixed(1)} s, ${Math.round(result.rows / seconds)}/s`)

  // What the README beside the data says of it.
  expect(result).toEqual({
    rows: 105_335,
    skippedRows: 214,
    counts: {
      orders: { accepted: 4894 - 805 - 214, unchanged: 0, rejected: 0 },
      refunds: { accepted: 805, unchanged: 0, rejected: 0 },
    },
    stopped: false,
  })
  const { rows } = await sql<{
    net: number
    lines: number
    customers: number
    products: number
    paid: number
    back: number
  }>`
    with line as (select product_id, amount, 1 as sign from sales_order_line
                  union all select product_id, amount, -1 from sales_refund_line)
    select (select sum(sign * amount) from line)::bigint as net, (select count(*) from line) as lines,
      (select sum(paid_amount) from sales_order)::bigint as paid, (select sum(amount) from sales_refund)::bigint as back,
      (select count(*) from (select member_no from sales_order union select member_no from sales_refund) m
       where member_no is not null) as customers,
      (select count(distinct product_id) from line) as products`.execute(t.db)
  const [sums] = rows
  expect(sums).toMatchObject({ net: 180_701_993, lines: 105_335 - 214, customers: 1749 })
  expect((sums?.paid ?? 0) - (sums?.back ?? 0)).toBe(180_701_993)

  // Clocks in London show winter time.
  const first = await t.db
    .selectFrom('salesOrder')
    .selectAll()
    .where('orderId', '=', '536365')
    .executeTakeFirstOrThrow()
  expect(first).toMatchObject({ placedAt: new Date('2010-12-01T08:26:00Z'), memberNo: '17850', paidAmount: 13_912 })

  // One of its customers turns up.
  await put(t, 'members', [{ memberNo: '15311', externalUserId: 'wmGift' }])
  const answer = await t.app.inject({
    url: '/open/v1/customers/wmGift',
    headers: { authorization: 'Bearer till-key-0123456789' },
  })
  const { rows: own } = await sql<{ amount: number; refunded: number }>`
    select (select sum(paid_amount) from sales_order where member_no = '15311')::bigint as amount,
      (select sum(amount) from sales_refund where member_no = '15311')::bigint as refunded`.execute(t.db)
  expect(own[0]?.refunded).toBeGreaterThan(0)
  expect(answer.json().totals).toMatchObject({ ...own[0] })

  const again = await runImport(t.deps, { kind: 'orders', file, mapping, dryRun: false })
  expect(again.counts).toEqual({
    orders: { accepted: 0, unchanged: 3875, rejected: 0 },
    refunds: { accepted: 0, unchanged: 805, rejected: 0 },
  })
})
