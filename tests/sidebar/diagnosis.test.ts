import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, openSidebar, PLAIN_BROWSER } from './open-sidebar.ts'
import { ANNA, annaCard } from './samples.ts'
import { atRest } from './watch-page.ts'

const chromium = useChromium()
const seen = {
  at: '2026-11-23T04:00:00.000Z',
  userId: 'LinXiao',
  role: 'guide',
  storeId: 'pandora',
  corpId: 'ww1',
  agentId: '1000002',
  publicOrigin: 'https://guide.example.com',
  signable: false,
  agentTicket: 'ok',
  corpTicket: 'configuration 60020',
  customer: 'visible',
  userAgent: 'x',
}

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.answers.set('GET /api/diagnosis', () => ({ body: seen }))
  return mock
}

/** All in one turn of the page, however slow the machine: they have to be quick. */
function tap(page: Page, times: number, clientY: number): Promise<void> {
  return page.evaluate(
    ([count = 0, y = 0]) => {
      for (let n = 0; n < count; n += 1)
        document.body.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: 180, clientY: y }))
    },
    [times, clientY],
  )
}

const tapTheTop = (page: Page, times: number) => tap(page, times, 6)

test('five taps at the very top open what an admin asks for, ready to copy, and nothing of the customer', async () => {
  await using mock = await start()
  mock.answers.set(`GET /api/customers/${ANNA}/orders`, () => ({ status: 503, body: { code: 'unavailable' } }))
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.getByRole('tab', { name: '消费' }).click()
  await page.getByRole('alert').waitFor()
  await tapTheTop(page, 5)
  const layer = page.getByRole('dialog', { name: '诊断' })
  await layer.getByText('configuration 60020').waitFor()
  await layer.getByText('single_chat_tools').waitFor()
  const text = await layer.textContent()
  for (const words of [
    '5.0.10',
    '503 unavailable',
    'LinXiao · guide · pandora',
    'https://guide.example.com',
    '/sidebar/',
  ])
    expect(text).toContain(words)
  for (const personal of [ANNA, '安娜', '138']) expect(text).not.toContain(personal)
  await atRest(page)
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await layer.getByRole('button', { name: '复制' }).click()
  await layer.getByText(/复制好了|复制不了/).waitFor()
  await layer.getByRole('button', { name: '关闭' }).click()
  await layer.waitFor({ state: 'hidden' })
})

test('it opens where nothing else does, and says that nobody is signed in', async () => {
  await using mock = await start()
  mock.answers.set('GET /api/diagnosis', () => ({ status: 401, body: { code: 'unauthenticated' } }))
  const page = await openSidebar(chromium(), mock, { userAgent: PLAIN_BROWSER })
  await page.getByRole('heading', { name: '请在企业微信里打开' }).waitFor()
  await tapTheTop(page, 5)
  const layer = page.getByRole('dialog', { name: '诊断' })
  await layer.getByText('401 unauthenticated').waitFor()
  await layer.getByText('没有登录').waitFor()
  expect(mock.requests('GET', '/auth/start')).toEqual([])
})

test('four taps, or five elsewhere, open nothing; a narrow dark screen has room for it', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { userAgent: ANDROID_DARK, width: 300, dark: true })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await tapTheTop(page, 4)
  await tap(page, 5, 300)
  expect(await page.getByRole('dialog', { name: '诊断' }).count()).toBe(0)
  await tapTheTop(page, 5)
  const layer = page.getByRole('dialog', { name: '诊断' })
  await layer.getByText('configuration 60020').waitFor()
  await atRest(page)
  expect(await layer.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  await page.screenshot({ path: 'test-results/diagnosis-dark.png' })
})
