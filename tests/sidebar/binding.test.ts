import type { Purchase } from '@zhanggui/shared/order.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { type Opening, openSidebar } from './open-sidebar.ts'
import { ANNA, ago, annaCard, purchases } from './samples.ts'

const chromium = useChromium()
const ORDERS = `/api/customers/${ANNA}/orders`

const bound: Purchase = {
  orderId: 'T20260920-0017',
  channel: 'store',
  placedAt: ago(3_600_000),
  storeName: '万象城专柜',
  paidAmount: 88_800,
  lines: [{ productId: 'p7', name: '珍珠胸针', quantity: 1, amount: 88_800 }],
  coupons: ['满 999 减 100'],
  boundBy: { userId: 'linxiao', name: '林晓', at: ago(60_000) },
}

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  return mock
}

async function openOrders(mock: Mock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(chromium(), mock, { query: '?tab=orders', ...opening })
  await page.getByText('天鹅项链 等 2 件').first().waitFor()
  return page
}

test('the number on a receipt makes the order hers; what is refused is said in plain words', async () => {
  await using mock = await start()
  const page = await openOrders(mock)
  await page.getByRole('button', { name: '归单' }).click()
  const number = page.getByLabel('小票上的单号')
  const give = page.getByRole('button', { name: '归给她' })
  expect(await give.isDisabled()).toBe(true)
  await number.fill('T2026')
  for (const [code, status, words] of [
    ['order_unknown', 404, '没有这个单号'],
    ['order_already_matched', 409, '这一单已经有归属的顾客了'],
    ['too_many_requests', 429, '今天归的单太多了'],
    ['unavailable', 503, '没有归成:服务正忙'],
  ] as const) {
    mock.answers.set(`POST ${ORDERS}`, () => ({ status, body: { code } }))
    await give.click()
    await page.getByRole('alert').getByText(words).waitFor()
  }
  mock.answers.set(`POST ${ORDERS}`, () => ({ body: { orderId: bound.orderId, externalUserId: ANNA } }))
  mock.world.purchases = { ...purchases(), purchases: [bound, ...purchases().purchases] }
  await number.fill(` ${bound.orderId} `)
  await give.click()
  await page.getByRole('status').getByText('T20260920-0017 归到她名下了').waitFor()
  await page.getByText('珍珠胸针').waitFor()
  await page.getByText('林晓 今天凭单号归的').or(page.getByText('林晓 昨天凭单号归的')).waitFor()
  await page.getByText('用券 满 999 减 100').waitFor()
  expect(await page.getByRole('button', { name: '撤销归单' }).count()).toBe(0)
  expect(mock.requests('POST', ORDERS).at(-1)).toMatchObject({ body: { orderId: bound.orderId }, csrf: true })
})

test('a manager undoes a binding with a reason', async () => {
  await using mock = await start()
  mock.world.role = 'manager'
  mock.world.purchases = { ...purchases(), purchases: [bound, ...purchases().purchases] }
  const page = await openOrders(mock, { width: 300 })
  await page.getByRole('button', { name: '撤销归单' }).click()
  const undo = page.getByRole('button', { name: '撤销归单' })
  expect(await undo.isDisabled()).toBe(true)
  await page.getByLabel(/为什么撤销归单/).fill('单号输错了')
  mock.answers.set(`POST ${ORDERS}/undo`, () => ({ status: 409, body: { code: 'order_not_bound' } }))
  await undo.click()
  await page.getByRole('alert').getByText('已经撤销过了').waitFor()
  expect(await page.locator('.panel').evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0)
  mock.answers.set(`POST ${ORDERS}/undo`, () => ({ body: { orderId: bound.orderId, externalUserId: ANNA } }))
  mock.world.purchases = purchases()
  await undo.click()
  await page.getByText('珍珠胸针').waitFor({ state: 'detached' })
  expect(mock.requests('POST', `${ORDERS}/undo`).at(-1)?.body).toEqual({
    orderId: bound.orderId,
    reason: '单号输错了',
  })
})

test('who is no friend of hers is not offered to bind', async () => {
  await using mock = await start()
  const { relation } = annaCard()
  if (!relation) throw new Error('no relation')
  mock.world.customers.set(ANNA, annaCard({ relation: { ...relation, isMine: false } }))
  const page = await openOrders(mock)
  await page.getByText('习惯').waitFor()
  expect(await page.getByRole('button', { name: '归单' }).count()).toBe(0)
})

test('an order tells what came back of it, and a refund without an order stands by itself', async () => {
  await using mock = await start()
  const [first] = purchases().purchases
  if (!first) throw new Error('no purchase')
  mock.world.purchases = {
    purchases: [
      {
        ...first,
        lines: first.lines.map((line, index) => (index === 1 ? { ...line, returned: 1 } : line)),
        refunds: [{ refundedAt: ago(60_000), amount: 79_900 }],
      },
      { ...first, orderId: 'whole', channel: 'mall', refunds: [{ refundedAt: ago(60_000), amount: first.paidAmount }] },
      { orderId: 'r9', isRefund: true, channel: 'store', placedAt: ago(60_000), paidAmount: 5000, lines: first.lines },
    ],
  }
  const page = await openOrders(mock)
  const rows = page.getByRole('tabpanel').locator('.row')
  await expect.poll(() => rows.count()).toBe(3)
  const texts = await rows.allTextContents()
  expect(texts[0]).toMatch(/线下\s*部分已退.*销售 林晓 · 服务 林晓.*¥2,098\s*退 ¥799/s)
  expect(texts[1]).toMatch(/线上\s*已退.*退 ¥2,098/s)
  expect(texts[2]).toMatch(/退货.*-¥50/s)
  await page.getByRole('button', { name: '明细' }).first().click()
  await page.getByText('已退 1 件').waitFor()
})
