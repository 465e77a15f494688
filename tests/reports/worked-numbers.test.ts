import { readFileSync } from 'node:fs'
import type {
  ConnectedBuyersReport,
  FourFactorsReport,
  RepurchaseReport,
  SalesReport,
  SellThroughReport,
} from '@zhanggui/shared/report.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { befriend } from '../support/shop.ts'
import { openSales, type Sales, sale } from './sales-world.ts'

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8')
const examples = page
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const blockOf = (kind: string) =>
      (new RegExp(`^\`\`\`${kind}\n([^]*?)^\`\`\``, 'm').exec(section)?.[1] ?? 'missing').split('\n').filter(Boolean)
    return { title: section.split('\n')[0] ?? '', story: blockOf('story'), figures: blockOf('figures') }
  })

let s: Sales
beforeAll(async () => {
  s = await openSales({ now: new Date('2026-09-20T10:00:00+08:00') })
})
afterAll(() => s[Symbol.asyncDispose]())

test('the page has its examples', () => expect(examples.length).toBe(6))

test.for(examples)('$title', async ({ story, figures }) => {
  await s.forgetEverything()
  await s.open()
  for (const line of story) await actOut(line)
  const asked = figures.filter((line) => / \d\d-\d\d \d\d-\d\d/.test(line))
  const told: string[] = []
  for (const question of asked) told.push(question, ...(await answer(question)))
  expect(told).toEqual(figures)
})

async function actOut(line: string): Promise<void> {
  const order = /^order (\S+) (\S+) (\S+) (\S+): (.*)$/.exec(line)
  if (order) {
    const [, orderId = '', day = '', who = '', place = '', goods = ''] = order
    const customer = who.startsWith('member:')
      ? { customer: { memberNo: who.slice('member:'.length) } }
      : who === '-'
        ? {}
        : { customer: { externalUserId: who } }
    const where = place === 'mall' ? { channel: 'mall', storeId: undefined } : { storeId: place }
    await s.send('orders', [sale(orderId, day, '', goodsIn(goods), { ...customer, ...where })])
    return
  }
  const refund = /^refund (\S+) (\S+) of (\S+): (.*)$/.exec(line)
  if (refund) {
    const [, refundId = '', day = '', orderId = '', goods = ''] = refund
    const { lines } = sale('', day, '', goodsIn(goods))
    await s.send('refunds', [{ refundId, orderId, refundedAt: `2026-${day}T12:00:00+08:00`, lines }])
    return
  }
  const member = /^member (\S+) is (\S+)$/.exec(line)
  if (member) {
    await s.send('members', [{ memberNo: member[1], externalUserId: member[2] }])
    return
  }
  const friend = /^(\S+) befriends (\S+)$/.exec(line)
  if (!friend) throw new Error(`nobody knows how to act out: ${line}`)
  await befriend(s.t, { guideUserId: friend[1] ?? '', externalUserId: friend[2] ?? '' })
}

function goodsIn(list: string): Record<string, number> {
  return Object.fromEntries(
    list.split(', ').map((item) => {
      const [product = '', amount = ''] = item.split(' ')
      return [product, Number(amount)]
    }),
  )
}

async function answer(question: string): Promise<string[]> {
  const [, report = '', from = '', to = '', by, tz] =
    /^(\S+) (\d\d-\d\d) (\d\d-\d\d)(?: by (\w+))?(?: tz=(\S+))?$/.exec(question) ?? []
  const path = `reports/${report}?from=2026-${from}&to=2026-${to}${by ? `&by=${by}` : ''}${tz ? `&tz=${tz}` : ''}`
  if (report === 'sales') {
    const { rows, total } = (await s.get<SalesReport>(path)).body
    return [...rows.map((row) => `${row.key ?? '-'} ${salesOf(row)}`), `total ${salesOf(total)}`]
  }
  if (report === 'repurchase') {
    const { rows, total } = (await s.get<RepurchaseReport>(path)).body
    const of = (row: typeof total) => `${row.repeatBuyers} of ${row.buyers}`
    return [...rows.map((row) => `${row.key ?? '-'} ${of(row)}`), `total ${of(total)}`]
  }
  if (report === 'connected-buyers') {
    const { rows, total } = (await s.get<ConnectedBuyersReport>(path)).body
    const of = (row: typeof total) => `${row.connected} of ${row.buyers}`
    return [...rows.map((row) => `${row.key ?? '-'} ${of(row)}`), `total ${of(total)}`]
  }
  if (report === 'sell-through') {
    const { rows } = (await s.get<SellThroughReport>(path)).body
    return rows.map(
      ({ key = '-', sold, onSale, units, amount }) => `${key} ${sold} of ${onSale} ${count(units, 'unit')} ${amount}`,
    )
  }
  const { factors, sales } = (await s.get<FourFactorsReport>(path)).body
  const { scenes, relationsPerScene, conversion, averageOrderValue } = factors ?? {}
  const all = [scenes, relationsPerScene, conversion, averageOrderValue]
  return [`${all.map((each) => `${each?.numerator}/${each?.denominator}`).join(' × ')} = ${sales}`]
}

function salesOf({ orders, buyers, units, amount, refunds, refundAmount }: SalesReport['total']): string {
  const back = refunds === 0 ? '' : ` (${count(refunds, 'refund')} ${refundAmount})`
  return `${count(orders, 'order')} ${count(buyers, 'buyer')} ${count(units, 'unit')} ${amount}${back}`
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
