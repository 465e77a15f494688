import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, holdTime, openSidebar } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'
import { atRest, gate } from './watch-page.ts'

const chromium = useChromium()

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.world.customers.set(NEWCOMER, newcomerCard())
  return mock
}

/** Each tab: the parameter that opens it, what it asks for, a word of it when full, and when there is nothing. */
const tabs = [
  ['客户', 'customer', `/api/customers/${ANNA}`, '138****5678', annaCard({ tags: [], timeline: [] }), '还没有标签'],
  ['消费', 'orders', `/api/customers/${ANNA}/orders`, '天鹅项链 等 2 件', { purchases: [] }, '还没有消费记录'],
  ['优惠券', 'coupons', `/api/customers/${ANNA}/coupons`, '生日月礼券', { offers: [], held: [] }, '现在没有能发的券'],
  ['商品', 'products', '/api/products', '天鹅手链', { suggested: [], products: [] }, '本店还没有商品'],
] as const

test.for(tabs)('%s: waiting, then full', async ([name, tab, path, full]) => {
  await using mock = await start()
  const { after, open } = gate()
  mock.answers.set(`GET ${path}`, () => ({ after }))
  const page = await openSidebar(chromium(), mock, { query: `?tab=${tab}` })
  await expect.poll(() => mock.requests('GET', path).length).toBe(1)
  await page.getByRole('tab', { name, selected: true }).waitFor()
  await page.getByRole('tabpanel').locator('.bone').first().waitFor()
  expect(await page.getByText(full).count()).toBe(0)
  open()
  await page.getByText(full).waitFor()
  expect(await page.locator('.bone').count()).toBe(0)
})

test.for(tabs)('%s: with nothing in it, it says why and what to do', async ([, tab, path, , body, empty]) => {
  await using mock = await start()
  mock.answers.set(`GET ${path}`, () => ({ body }))
  const page = await openSidebar(chromium(), mock, { query: `?tab=${tab}` })
  await page.getByText(empty).waitFor()
})

test.for(tabs)('%s: a failure says what happened, and 重试 brings it', async ([, tab, path, full]) => {
  await using mock = await start()
  mock.answers.set(`GET ${path}`, () => ({ status: 503, body: { code: 'unavailable', detail: 'pool is full' } }))
  const page = await openSidebar(chromium(), mock, { query: `?tab=${tab}` })
  await page.getByRole('alert').getByText('服务正忙').waitFor()
  await page.getByText('详情').click()
  await page.getByText('unavailable 503 pool is full').waitFor()
  mock.answers.clear()
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByText(full).waitFor()
})

test('a customer this guide may not see is not shown, and that is said', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { mood: { contact: 'wmSOMEBODYELSES000001' } })
  await page.getByText('看不到这位顾客').waitFor()
})

test('the card says what a guide wants to know first', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  const text = await page.locator('.panel').textContent()
  const words = [
    '金卡',
    '我的客户 · 扫码添加 · 好友 214 天',
    '¥18,460',
    '¥1,420',
    '63 天前',
    '1,280',
    '来自会员系统,10 分钟前',
  ]
  for (const word of [...words, '欢迎语已送达 · 0.4 秒', '喜欢银色', '可用优惠券 2 张', '打开了 天鹅项链'])
    expect(text).toContain(word)
  await page.getByRole('button', { name: '重要挽留' }).click()
  await page.getByText('63 天没有购买,平时约 40 天一次').waitFor()
})

test('older purchases are fetched when asked for, and an order opens into its lines', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { query: '?tab=orders' })
  await page.getByRole('button', { name: '看更早的' }).click()
  await page.getByText('礼盒 相守').waitFor()
  await page.getByText('就这些了').waitFor()
  await page.getByRole('button', { name: '明细' }).first().click()
  await page.getByText('天鹅耳钉').waitFor()
  expect(mock.requests('GET', `/api/customers/${ANNA}/orders`)).toHaveLength(2)
})

test('a coupon that cannot be sent says why instead of offering itself', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { query: '?tab=coupons' })
  await page.getByText('已经发完').waitFor()
  expect(await page.getByRole('button', { name: '发送到店礼' }).count()).toBe(0)
  await page.getByText('明天到期', { exact: true }).waitFor()
})

test('searching asks once typing pauses, and only for the last of it', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { query: '?tab=products', clock: true })
  await page.getByText('为她推荐').waitFor()
  await page.keyboard.press('/')
  await holdTime(page)
  await page.keyboard.type('唇')
  await page.clock.runFor(200)
  await page.keyboard.type('釉')
  await page.clock.runFor(200)
  expect(mock.requests('GET', '/api/products')).toHaveLength(1)
  await page.clock.runFor(100)
  await page.getByText('搜到的').waitFor()
  const searches = mock.requests('GET', '/api/products').filter(({ path }) => path.includes('q='))
  expect(searches.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('q'))).toEqual(['唇釉'])
  expect(await page.getByRole('button', { name: /^发送/ }).count()).toBe(1)
  await page.getByRole('searchbox').fill('吹风机')
  await page.clock.runFor(300)
  await page.getByText('没有找到“吹风机”').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('为她推荐').waitFor()
})

test('a slow search for an earlier word does not cover the later one', async () => {
  await using mock = await start()
  const { after, open } = gate()
  mock.answers.set('GET /api/products', ({ path }) => (path.includes(encodeURI('q=雪')) ? { after } : {}))
  const page = await openSidebar(chromium(), mock, { query: '?tab=products' })
  await page.getByText('为她推荐').waitFor()
  await page.getByRole('searchbox').fill('雪')
  await expect.poll(() => mock.requests('GET', '/api/products').length).toBe(2)
  await page.getByRole('searchbox').fill('唇釉')
  await page.getByText('唇釉 05').waitFor()
  open()
  await page.waitForLoadState('networkidle')
  expect(await page.getByText('雪花耳钉').count()).toBe(0)
})

test('the tabs answer to the arrow keys', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('tab', { name: '客户' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('tab', { name: '商品', selected: true }).waitFor()
  const products = page.getByRole('tab', { name: '商品' })
  await expect.poll(() => products.evaluate((tab) => tab === document.activeElement)).toBe(true)
})

test('scrolled down, the header is a name and a tier; the tabs stay', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { height: 480 })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 300))
  await page.locator('.compact').waitFor()
  expect(await page.locator('.compact').textContent()).toMatch(/安娜王\s*金卡/)
  await expect.poll(async () => (await page.getByRole('tab', { name: '消费' }).boundingBox())?.y).toBe(44)
  await page.getByRole('tab', { name: '消费' }).click()
  await page.getByText('习惯').waitFor()
  await expect.poll(async () => (await page.getByText('习惯').boundingBox())?.y).toBeGreaterThan(88)
})

test.for([300, 360, 390] as const)(
  'at %i px nothing is wider than the panel, and everything pressed is 44 px',
  async (width) => {
    await using mock = await start()
    const page = await openSidebar(chromium(), mock, { width })
    for (const [name, , , full] of tabs) {
      await page.getByRole('tab', { name }).click()
      await page.getByText(full).waitFor()
      await atRest(page)
      expect(await page.locator('.scroller').evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0)
      expect(await smallTargets(page)).toEqual([])
    }
  },
)

/** Buttons and tabs whose hit area, asked of the browser itself, is lower than 44 px. */
function smallTargets(page: Page): Promise<string[]> {
  return page.locator('button').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        button.scrollIntoView({ block: 'center' })
        const { left, width, top, height } = button.getBoundingClientRect()
        const middle = top + height / 2
        const hits = (y: number) => document.elementFromPoint(left + width / 2, y)?.closest('button') === button
        return !hits(middle - 21) || !hits(middle + 21)
      })
      .map((button) => button.textContent),
  )
}

test.for(['light', 'dark'] as const)('every tab is free of serious accessibility faults when %s', async (scheme) => {
  await using mock = await start()
  const dark = scheme === 'dark' ? { userAgent: ANDROID_DARK } : {}
  const page = await openSidebar(chromium(), mock, { ...dark, width: 300, height: 1400 })
  for (const [name, , , full] of tabs) {
    await page.getByRole('tab', { name }).click()
    await page.getByText(full).waitFor()
    expect(await seriousFaults(page)).toEqual([])
  }
  expect(await page.locator('html').getAttribute('data-theme')).toBe(scheme)
})

test('the sheet after a refusal, the failure and the pages that explain are accessible too', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, {
    mood: { send: { err_msg: 'sendChatMessage:fail' } },
    query: '?tab=coupons',
  })
  await page.getByRole('button', { name: '发送生日月礼券' }).click()
  await page.getByRole('dialog').getByText('不确定有没有发出去').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  const elsewhere = await openSidebar(chromium(), mock, { mood: { entry: 'normal' } })
  await elsewhere.getByRole('heading', { name: '先打开和顾客的聊天' }).waitFor()
  expect(await seriousFaults(elsewhere)).toEqual([])

  const failed = await openSidebar(chromium(), mock, { mood: { contact: 'wmSOMEBODYELSES000001' } })
  await failed.getByText('看不到这位顾客').waitFor()
  expect(await seriousFaults(failed)).toEqual([])
})

async function seriousFaults(page: Page): Promise<string[]> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
