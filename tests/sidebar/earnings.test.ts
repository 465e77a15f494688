import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { earnedOrder, earnings, salesPage } from './earning-samples.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, type Opening, openSidebar } from './open-sidebar.ts'
import { ANNA, annaCard } from './samples.ts'
import { atRest, gate } from './watch-page.ts'

const chromium = useChromium()
const SUMS = '/api/earnings'
const ORDERS = '/api/earnings/orders'

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.answers.set(`GET ${SUMS}`, () => ({ body: earnings() }))
  mock.answers.set(`GET ${ORDERS}`, ({ path }) => ({
    body: path.includes('credit=service') ? { orders: [] } : salesPage(),
  }))
  return mock
}

async function openEarnings(mock: Mock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(chromium(), mock, opening)
  await page.getByRole('button', { name: '我', exact: true }).click()
  await page.getByRole('dialog', { name: '林晓' }).waitFor()
  return page
}

test('two taps lead from a customer’s card to the formula of an order', async () => {
  await using mock = await start()
  const page = await openEarnings(mock)
  await page.getByRole('button', { name: '万象城专柜', exact: false }).first().click()
  const order = page.getByRole('listitem').filter({ hasText: 'T20260920-0017' }).first()
  await order.getByText('合起来').waitFor()
  const text = await order.textContent()
  for (const words of [
    '成交',
    '¥1,299.00 × 5% = ¥64.95',
    '只算 天鹅项链',
    '规则 rings · 第 2 版',
    '退货冲回',
    '−¥399.00 × 5% = −¥19.95',
    '合起来',
    '¥45.00',
  ])
    expect(text).toContain(words)
})

test('today and the month stand there, 销售单 and 服务单 apart, each state in plain words', async () => {
  await using mock = await start()
  const page = await openEarnings(mock)
  await page.getByText('¥1,310.50', { exact: true }).waitFor()
  await page.getByText('已全部冲回').first().waitFor()
  const text = await page.getByRole('dialog').textContent()
  for (const words of ['¥44.95', '销售单 ¥44.95 · 1 单', '还在退货期里', '¥910.45', '−¥29.95', '订单', '已全部冲回'])
    expect(text).toContain(words)
  await page.getByRole('button', { name: /^服务单/ }).click()
  await page.getByText('这个月还没有服务单').waitFor()
})

test('a month that is over is asked for by name, and the way back is this month', async () => {
  await using mock = await start()
  const page = await openEarnings(mock)
  await page.getByText('¥1,310.50', { exact: true }).waitFor()
  expect(await page.getByRole('button', { name: '下个月' }).isDisabled()).toBe(true)
  const sums = { amount: 500, orders: 1, pending: 0, confirmed: 0, settled: 500, reversed: 0 }
  const august = earnings({ month: '2026-08', isCurrent: false, ofMonth: { sales: sums, service: sums } })
  mock.answers.set(`GET ${SUMS}`, ({ path }) => ({ body: path.includes('month=2026-08') ? august : earnings() }))
  mock.answers.set(`GET ${ORDERS}`, () => ({ body: { orders: [earnedOrder({ state: 'settled' })] } }))
  await page.getByRole('button', { name: '上个月' }).click()
  await page.getByText('¥10.00', { exact: true }).waitFor()
  await page.getByRole('button', { name: /^万象城专柜.*已结算/ }).waitFor()
  await page.getByText('¥44.95', { exact: true }).waitFor()
  await expect.poll(() => mock.requests('GET', ORDERS).at(-1)?.path).toBe(`${ORDERS}?credit=sales&month=2026-08`)
  await page.getByRole('button', { name: '下个月' }).click()
  await page.getByText('¥1,310.50', { exact: true }).waitFor()
})

test('the list goes on when asked to', async () => {
  await using mock = await start()
  const page = await openEarnings(mock)
  await page.getByRole('button', { name: '看更早的' }).waitFor()
  mock.answers.set(`GET ${ORDERS}`, () => ({
    body: { orders: [earnedOrder({ orderId: 'old', storeName: '国金专柜' })] },
  }))
  await page.getByRole('button', { name: '看更早的' }).click()
  await page.getByText('国金专柜').waitFor()
  expect(mock.requests('GET', ORDERS).at(-1)?.path).toBe(`${ORDERS}?credit=sales&cursor=7`)
  expect(await page.getByRole('button', { name: '看更早的' }).count()).toBe(0)
})

test('it waits as a still skeleton, says what failed, and 重试 brings it', async () => {
  await using mock = await start()
  const { after, open } = gate()
  mock.answers.set(`GET ${SUMS}`, () => ({ after, status: 503, body: { code: 'unavailable' } }))
  const page = await openEarnings(mock)
  await page.getByRole('dialog').locator('.bone').first().waitFor()
  open()
  await page.getByRole('alert').getByText('服务正忙').waitFor()
  mock.answers.set(`GET ${SUMS}`, () => ({ body: earnings() }))
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByText('¥1,310.50', { exact: true }).waitFor()
})

test('where there is no customer’s chat the earnings are a tap away too', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { mood: { entry: 'normal' } })
  await page.getByRole('button', { name: '我的收益' }).click()
  await page.getByText('¥1,310.50', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test.for([
  [300, false],
  [390, true],
] as const)(
  '%i px, dark %s: nothing scrolls sideways, everything pressed is 44 px, axe is content',
  async ([width, dark]) => {
    await using mock = await start()
    const page = await openEarnings(mock, { width, dark, ...(dark && { userAgent: ANDROID_DARK }) })
    await page
      .getByRole('button', { name: /^万象城专柜/ })
      .first()
      .click()
    await page.getByText('合起来').waitFor()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await atRest(page)
    expect(await page.locator('.layer').evaluate((layer) => layer.scrollWidth - layer.clientWidth)).toBe(0)
    const heights = await page
      .getByRole('dialog')
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    const { violations } = await new AxeBuilder({ page }).include('.layer').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  },
)
