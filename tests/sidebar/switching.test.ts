import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { holdTime, openSidebar, turnTo } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'
import { atRest, gate, watchFrames } from './watch-page.ts'

const chromium = useChromium()

async function mockWithTwo(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.world.customers.set(NEWCOMER, newcomerCard())
  return mock
}

test('a slow answer for the previous customer never shows', async () => {
  await using mock = await mockWithTwo()
  const { after, open } = gate()
  mock.answers.set(`GET /api/customers/${ANNA}`, () => ({ after }))
  const page = await openSidebar(chromium(), mock)
  await expect.poll(() => mock.requests('GET', `/api/customers/${ANNA}`).length).toBe(1)
  await page.getByRole('tab', { name: '客户' }).waitFor()
  const seen = await watchFrames(page, '安娜王')
  await turnTo(page, NEWCOMER)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  open()
  await page.waitForLoadState('networkidle')
  expect(await seen()).toBe(0)
})

test('from the moment the guide is back, no frame shows the previous customer', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.evaluate(() => {
    window.client.contactDelay = 300
  })
  // The event and the first look are of the same turn, so that no frame lies between them.
  await page.evaluate((id) => {
    window.client.contact = id
    dispatchEvent(new Event('focus'))
  }, NEWCOMER)
  const seen = await watchFrames(page, '安娜王')
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  expect(await seen()).toBe(0)
})

test('a page that goes out of sight forgets whom it showed before it is seen again', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await setVisibility('hidden')
  await page.getByRole('heading', { name: '安娜王' }).waitFor({ state: 'hidden' })
  await page.evaluate((id) => {
    window.client.contact = id
  }, NEWCOMER)
  const seen = await watchFrames(page, '安娜王')
  await setVisibility('visible')
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  expect(await seen()).toBe(0)

  function setVisibility(state: 'hidden' | 'visible') {
    return page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, state)
  }
})

test('the same customer is back at once, with the scroll where it was', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock, { height: 480 })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.getByText('动态').scrollIntoViewIfNeeded()
  await atRest(page)
  const before = await page.locator('.scroller').evaluate((element) => element.scrollTop)
  await turnTo(page, ANNA)
  await page.getByText('动态').waitFor()
  await expect.poll(() => page.locator('.scroller').evaluate((element) => element.scrollTop)).toBe(before)
  expect(before).toBeGreaterThan(0)
})

test('the tap that brings the guide back is not lost while WeCom is asked', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock, { query: '?tab=orders', clock: true })
  await page.getByText('天鹅项链 等 2 件').waitFor()
  await holdTime(page)
  await page.evaluate(() => {
    window.client.contactDelay = 3000
    dispatchEvent(new Event('focus'))
  })
  await page.getByText('天鹅项链 等 2 件').waitFor({ state: 'hidden' })
  await page.getByText('正在确认是哪位顾客').waitFor()
  await page.getByRole('button', { name: '明细' }).click()
  await page.clock.runFor(4000)
  await page.getByText('天鹅耳钉').waitFor()
})

test('a customer seen before shows again while newer data are on their way, with their age', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock, { clock: true })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await turnTo(page, NEWCOMER)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  await page.clock.runFor(5 * 60_000)
  const { after, open } = gate()
  mock.answers.set(`GET /api/customers/${ANNA}`, () => ({ after }))
  await turnTo(page, ANNA)
  await page.clock.runFor(100)
  await page.getByText('更新于 5 分钟前').waitFor()
  await page.getByRole('button', { name: '正在更新' }).waitFor()
  open()
  await page.getByText('更新于').waitFor({ state: 'detached' })
  expect(await page.getByRole('heading', { name: '安娜王' }).isVisible()).toBe(true)
})

test('what could not be renewed says how old it is, and can be renewed', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock, { clock: true })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  mock.answers.set(`GET /api/customers/${ANNA}`, () => ({ status: 503, body: { code: 'unavailable' } }))
  await page.clock.runFor(20_000)
  await turnTo(page, ANNA)
  await page.getByText('更新于 刚刚,这次没能更新').waitFor()
  mock.answers.clear()
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await page.getByText('更新于').waitFor({ state: 'detached' })
})

test('the purchases of the previous customer go with them', async () => {
  await using mock = await mockWithTwo()
  mock.answers.set(`GET /api/customers/${NEWCOMER}/orders`, () => ({ body: { purchases: [] } }))
  const page = await openSidebar(chromium(), mock, { query: '?tab=orders' })
  await page.getByText('天鹅项链 等 2 件').waitFor()
  await turnTo(page, NEWCOMER)
  const seen = await watchFrames(page, '天鹅项链')
  await page.getByText('还没有消费记录').waitFor()
  expect(await seen()).toBe(0)
})

test('when the chat cannot be told any more, nobody is shown', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.evaluate(() => {
    window.client.entry = 'normal'
    dispatchEvent(new Event('focus'))
  })
  await page.getByRole('heading', { name: '先打开和顾客的聊天' }).waitFor()
  await expect.poll(() => page.getByText('安娜王').count()).toBe(0)
})

test('an enrolment on the customer’s phone reaches the open card by itself', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock, { mood: { contact: NEWCOMER }, clock: true })
  await page.getByText('已邀请,还没打开').waitFor()
  mock.world.customers.set(NEWCOMER, newcomerCard({ member: annaCard().member }))
  await page.clock.runFor(6100)
  await page.getByText('138****5678').waitFor()
})
