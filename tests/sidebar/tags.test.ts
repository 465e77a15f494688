import { AxeBuilder } from '@axe-core/playwright'
import type { CardTags, TagChoice, TagPalette } from '@zhanggui/shared/tag.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, holdTime, type Opening, openSidebar, turnTo } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'
import { atRest, gate } from './watch-page.ts'

const chromium = useChromium()
const TAGS = `/api/customers/${ANNA}/tags`

const choices: TagChoice[] = [
  ['t1', '喜欢银色', 'g1', '喜好'],
  ['t2', '喜欢金色', 'g1', '喜好'],
  ['t3', '上海', 'g2', '地区'],
  ['t4', '杭州', 'g2', '地区'],
].map(([tagId = '', name = '', groupId = '', group = '']) => ({ tagId, name, groupId, group }))

const palette: TagPalette = { recent: choices.slice(1, 2), tags: choices }

async function start(): Promise<Mock> {
  const mock = await startMock()
  const tags = [
    { tagId: 't1', name: '喜欢银色', group: '喜好', source: 'wecom' as const, mine: true },
    { tagId: 't3', name: '上海', group: '地区', source: 'wecom' as const },
    { name: '常送礼', source: 'guide' as const, userId: 'linxiao' },
  ]
  mock.world.customers.set(ANNA, annaCard({ tags }))
  mock.world.customers.set(NEWCOMER, newcomerCard())
  mock.answers.set('GET /api/tags', ({ path }) => ({
    body: path.includes('q=')
      ? { recent: [], tags: choices.filter(({ name }) => path.includes(encodeURI(name.slice(0, 2)))) }
      : palette,
  }))
  answerTaps(mock)
  return mock
}

/** The server keeps what is tapped, as the real one does, until it is refused. */
function answerTaps(mock: Mock, answer: Partial<CardTags> = {}): void {
  mock.answers.set(`POST ${TAGS}`, ({ body }) => {
    const { add, remove }: { add: string[]; remove: string[] } = Object(body)
    const card = mock.world.customers.get(ANNA) ?? annaCard()
    const kept = card.tags.filter(({ tagId = '' }) => !remove.includes(tagId) && !add.includes(tagId))
    const added = choices
      .filter(({ tagId }) => add.includes(tagId))
      .map(({ tagId, name, group }) => ({ tagId, name, group, source: 'wecom' as const, mine: true }))
    const told: CardTags = { tags: [...kept, ...added], pending: true, refusals: [], ...answer }
    mock.world.customers.set(ANNA, {
      ...card,
      tags: told.tags,
      tagging: { pending: told.pending, refusals: told.refusals },
    })
    return { body: told }
  })
}

async function openSheet(mock: Mock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(chromium(), mock, opening)
  await page.getByRole('button', { name: '+ 标签' }).click()
  await page.getByRole('dialog', { name: '标签' }).getByRole('region', { name: '地区' }).waitFor()
  return page
}

const taps = (mock: Mock) => mock.requests('POST', TAGS).map(({ body }) => body)
const section = (page: Page) => page.locator('.card', { hasText: '标签' }).first()

test('a tag takes two taps, is on the card at once and can be taken back for five seconds', async () => {
  await using mock = await start()
  const page = await openSheet(mock, { clock: true })
  await holdTime(page)
  const gold = page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢金色' })
  expect(await gold.getAttribute('aria-pressed')).toBe('false')
  const { after, open } = gate()
  const answer = mock.answers.get(`POST ${TAGS}`)
  mock.answers.set(`POST ${TAGS}`, (asked) => ({ ...answer?.(asked), after }))
  await gold.click()
  await page.getByText('已加上「喜欢金色」').waitFor()
  expect(await gold.getAttribute('aria-pressed')).toBe('true')
  expect(await section(page).textContent()).toContain('喜欢金色')
  open()
  await expect.poll(() => taps(mock)).toEqual([{ add: ['t2'], remove: [] }])
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => gold.getAttribute('aria-pressed')).toBe('false')
  await expect
    .poll(() => taps(mock))
    .toEqual([
      { add: ['t2'], remove: [] },
      { add: [], remove: ['t2'] },
    ])
  const undo = page.getByRole('button', { name: '撤销' })
  await page.clock.runFor(500)
  await expect.poll(() => undo.count()).toBe(0)

  await gold.click()
  await undo.waitFor()
  await page.clock.runFor(4_000)
  expect(await undo.count()).toBe(1)
  await page.clock.runFor(2_000)
  await expect.poll(() => undo.count()).toBe(0)
})

test('several taps are taken back together, and never two requests at once', async () => {
  await using mock = await start()
  const page = await openSheet(mock, { clock: true })
  await holdTime(page)
  const { after, open } = gate()
  const answer = mock.answers.get(`POST ${TAGS}`)
  mock.answers.set(`POST ${TAGS}`, (asked) => ({ ...answer?.(asked), after }))
  for (const name of ['喜欢金色', '杭州']) await page.getByRole('dialog').getByRole('button', { name }).last().click()
  await page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢银色' }).click()
  await page.getByText('改了 3 个标签').waitFor()
  expect(taps(mock)).toHaveLength(1)
  open()
  await expect
    .poll(() => taps(mock))
    .toEqual([
      { add: ['t2'], remove: [] },
      { add: ['t4'], remove: ['t1'] },
    ])
  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(() => taps(mock).at(-1)).toEqual({ add: ['t1'], remove: ['t2', 't4'] })
  await page.getByRole('button', { name: '完成' }).click()
  await expect.poll(() => section(page).textContent()).not.toContain('喜欢金色')
  expect(await section(page).textContent()).toContain('喜欢银色')
})

test('a tap that does not reach the server is rolled back, says why, and can be tried again', async () => {
  await using mock = await start()
  const page = await openSheet(mock, { clock: true })
  await holdTime(page)
  mock.answers.set(`POST ${TAGS}`, () => ({ status: 503, body: { code: 'unavailable' } }))
  const gold = page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢金色' })
  await gold.click()
  await page.getByText('「喜欢金色」没有加上:服务正忙').waitFor()
  await expect.poll(() => gold.getAttribute('aria-pressed')).toBe('false')
  answerTaps(mock)
  await page.getByRole('button', { name: '重试' }).click()
  await expect.poll(() => gold.getAttribute('aria-pressed')).toBe('true')
})

test('what WeCom refused is told on the card with its reason, to try again or to leave', async () => {
  await using mock = await start()
  const refusals = [{ tagId: 't2', name: '喜欢金色', wanted: true, reason: '这位顾客的标签满了,先去掉几个' }]
  mock.world.customers.set(ANNA, annaCard({ tagging: { pending: false, refusals } }))
  const page = await openSidebar(chromium(), mock)
  await page.getByText('「喜欢金色」没有加上').waitFor()
  await page.getByText('这位顾客的标签满了').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: '知道了喜欢金色' }).click()
  await expect.poll(() => taps(mock)).toEqual([{ add: [], remove: ['t2'] }])
  await expect.poll(() => page.getByText('「喜欢金色」没有加上').count()).toBe(0)
})

test('while WeCom has not answered, the card asks again until it has', async () => {
  await using mock = await start()
  mock.world.customers.set(ANNA, annaCard({ tagging: { pending: true, refusals: [] } }))
  const { after, open } = gate()
  mock.answers.set(`GET /api/customers/${ANNA}`, () => ({ after }))
  const page = await openSidebar(chromium(), mock, { clock: true })
  const asked = () => mock.requests('GET', `/api/customers/${ANNA}`).length
  await expect.poll(asked).toBe(1)
  await holdTime(page)
  await page.clock.runFor(1_000)
  open()
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  const before = asked()
  await page.clock.runFor(2_100)
  await expect.poll(asked).toBe(before + 1)
  mock.world.customers.set(ANNA, annaCard())
  await page.clock.runFor(2_100)
  await expect.poll(asked).toBe(before + 2)
  await page.clock.runFor(10_000)
  expect(asked()).toBe(before + 2)
})

test('search narrows the list; a colleague’s tag is marked as theirs', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  const shanghai = page.getByRole('region', { name: '地区' }).getByRole('button', { name: '上海' })
  expect(await shanghai.getAttribute('aria-pressed')).toBe('false')
  expect(await shanghai.getAttribute('aria-description')).toBe('同事打过')
  await page.getByRole('searchbox', { name: '搜标签' }).fill('杭州')
  await expect.poll(() => page.getByRole('dialog').getByRole('region').count()).toBe(1)
  await page.getByRole('searchbox', { name: '搜标签' }).fill('吹风机')
  await page.getByText('没有找到“吹风机”').waitFor()
})

test('the list waits, fails and says when there is none', async () => {
  await using mock = await start()
  const { after, open } = gate()
  mock.answers.set('GET /api/tags', () => ({ status: 503, body: { code: 'unavailable' }, after }))
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('button', { name: '+ 标签' }).click()
  await page.locator('.waiting .bone').first().waitFor()
  open()
  await page.getByRole('dialog').getByText('服务正忙').waitFor()
  mock.answers.set('GET /api/tags', () => ({ body: { recent: [], tags: [] } }))
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByText('公司还没有标签').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  const add = page.getByRole('button', { name: '+ 标签' })
  await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('who is not a friend of the customer is offered nothing to change', async () => {
  await using mock = await start()
  const { relation, ...card } = annaCard()
  mock.world.customers.set(ANNA, { ...card, ...(relation && { relation: { ...relation, isMine: false } }) })
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  expect(await page.getByRole('button', { name: /标签|编辑/ }).count()).toBe(0)
})

test('another chat closes the sheet, and nothing of the last customer is in it meanwhile', async () => {
  await using mock = await start()
  const page = await openSheet(mock)
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.locator('.unsure').waitFor()
  expect(await page.getByRole('heading', { name: '已打上' }).count()).toBe(0)
  const looks = await page
    .locator('.choice')
    .evaluateAll((buttons) =>
      buttons.map((button) => `${getComputedStyle(button).color} ${getComputedStyle(button).backgroundColor}`),
    )
  expect(new Set(looks).size).toBe(1)
  expect(looks[0]).toMatch(/^rgba\(0, 0, 0, 0\) /)
  await turnTo(page, NEWCOMER)
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
})

test('the tap that brings the guide back from the chat lands', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock)
  const add = page.getByRole('button', { name: '+ 标签' })
  await add.waitFor()
  // The window gets the focus between the finger's down and up.
  await add.evaluate((button) => button.addEventListener('pointerdown', () => dispatchEvent(new Event('focus'))))
  await add.click()
  const gold = page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢金色' })
  await gold.evaluate((button) => button.addEventListener('pointerdown', () => dispatchEvent(new Event('focus'))))
  await gold.click()
  await expect.poll(() => taps(mock)).toEqual([{ add: ['t2'], remove: [] }])
})

test.for([300, 360, 390] as const)('at %i px the sheet fits, and everything pressed is 44 px', async (width) => {
  await using mock = await start()
  const page = await openSheet(mock, { width })
  await page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢金色' }).click()
  await atRest(page)
  const list = page.locator('.list')
  expect(await list.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
  const heights = await page.locator('.choice').evaluateAll((buttons) =>
    buttons.map((button) => {
      button.scrollIntoView({ block: 'center' })
      const { left, width: wide, top, height } = button.getBoundingClientRect()
      const hits = (y: number) => document.elementFromPoint(left + wide / 2, y)?.closest('button') === button
      return hits(top + height / 2 - 21) && hits(top + height / 2 + 21)
    }),
  )
  expect(heights.every(Boolean)).toBe(true)
})

test.for(['light', 'dark'] as const)('the sheet is free of serious accessibility faults when %s', async (scheme) => {
  await using mock = await start()
  const page = await openSheet(mock, scheme === 'dark' ? { userAgent: ANDROID_DARK } : {})
  await page.getByRole('region', { name: '喜好' }).getByRole('button', { name: '喜欢金色' }).click()
  await page.getByRole('button', { name: '撤销' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

async function seriousFaults(page: Page): Promise<string[]> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
