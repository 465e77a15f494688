import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { openSidebar, turnTo } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'

const chromium = useChromium()

async function mockWithTwo(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.world.customers.set(NEWCOMER, newcomerCard())
  return mock
}

/** Of each opening, in the order they began to be told: of whom, how often told, and whether its end was. */
function openings(mock: Mock) {
  const told = new Map<string, { of: unknown; ended: boolean }>()
  for (const { path, body } of mock.requests('PUT', '/api/opens/')) {
    const { externalUserId, lastedMs } = Object(body)
    told.set(path, { of: externalUserId, ended: (told.get(path)?.ended ?? false) || lastedMs >= 0 })
  }
  return [...told.values()]
}

test('each customer looked at is an opening, ended by the next; asking WeCom in between ends none', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await expect.poll(() => openings(mock)).toEqual([{ of: ANNA, ended: false }])
  await turnTo(page, ANNA)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await turnTo(page, NEWCOMER)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  await expect
    .poll(() => openings(mock))
    .toEqual([
      { of: ANNA, ended: true },
      { of: NEWCOMER, ended: false },
    ])
})

test('out of sight the opening ends, and back in sight another begins', async () => {
  await using mock = await mockWithTwo()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await expect.poll(() => openings(mock)).toEqual([{ of: ANNA, ended: false }])
  const setVisibility = (state: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
      if (value === 'visible') dispatchEvent(new Event('focus'))
    }, state)
  await setVisibility('hidden')
  await expect.poll(() => openings(mock)).toEqual([{ of: ANNA, ended: true }])
  await setVisibility('visible')
  await expect
    .poll(() => openings(mock))
    .toEqual([
      { of: ANNA, ended: true },
      { of: ANNA, ended: false },
    ])
})

test('that it cannot be told is no concern of the guide’s', async () => {
  await using mock = await mockWithTwo()
  let told = 0
  const page = await openSidebar(chromium(), mock)
  await page.route('**/api/opens/*', (route) => {
    told += 1
    return route.fulfill({ status: 401, body: '{"code":"unauthenticated"}' })
  })
  await turnTo(page, NEWCOMER)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  await expect.poll(() => told).toBeGreaterThan(0)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(mock.requests('GET', '/auth/start')).toEqual([])
})
