import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from '../sidebar/chromium-suite.ts'
import { ANDROID_DARK } from '../sidebar/open-sidebar.ts'
import { atRest, collectMistakes } from '../sidebar/watch-page.ts'
import { openCodes, startCodes } from './codes-page.ts'
import { channels, makeChannel, myChannel } from './samples.ts'

const chromium = useChromium()

test('a guide makes the own code, watches it come, and saves it with the name under it', async () => {
  await using mock = await startCodes('guide')
  mock.answers.set('GET /api/channels/mine', () => ({ body: {} }))
  const page = await openCodes(chromium(), mock)
  const mistakes = collectMistakes(page)
  await page.getByText('你还没有自己的码').waitFor()
  expect(await page.getByRole('button', { name: '渠道码' }).count()).toBe(0)

  const creating = { body: { channel: { ...myChannel, status: 'creating' } } }
  mock.answers.set('POST /api/channels/mine', () => {
    mock.answers.set('GET /api/channels/mine', () => creating)
    return creating
  })
  await page.getByRole('button', { name: '做我的码' }).click()
  await page.getByText('正在向企业微信要码,几秒就好').waitFor()
  mock.answers.set('GET /api/channels/mine', () => ({ body: { channel: myChannel } }))
  const picture = page.getByRole('img', { name: '林晓的码的二维码' })
  await picture.waitFor()
  expect(await page.getByRole('dialog').textContent()).toMatch(/3\s*今天新朋友/)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '保存图片' }).click()
  expect((await download).suggestedFilename()).toBe('林晓的码.png')
  // Taller than the square code: the name stands under it.
  const [width, height] = await picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
  expect(height).toBeGreaterThan(Number(width) + 30)
  expect(mistakes).toEqual([])

  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const entry = page.getByRole('button', { name: '我', exact: true })
  await expect.poll(() => entry.evaluate((it) => it === document.activeElement)).toBe(true)
})

test('a code WeCom refused says why, and can be asked for again', async () => {
  await using mock = await startCodes('guide')
  const failed = { ...myChannel, status: 'failed', failure: '林晓还没有开通客户联系' }
  mock.answers.set('GET /api/channels/mine', () => ({ body: { channel: failed } }))
  mock.answers.set('POST /api/channels/mine', () => ({ body: { channel: myChannel } }))
  const page = await openCodes(chromium(), mock)
  await page.getByText('林晓还没有开通客户联系').waitFor()
  await page.getByRole('button', { name: '再要一次' }).click()
  await page.getByRole('img', { name: '林晓的码的二维码' }).waitFor()
})

test('a manager sees every code with today’s numbers, its trouble and whose turn it is', async () => {
  await using mock = await startCodes()
  const page = await openCodes(chromium(), mock)
  await page.getByRole('button', { name: '渠道码' }).click()
  await page.getByText('4 个码,今天来了 43 位').waitFor()
  const text = await page.getByRole('dialog').textContent()
  for (const words of [
    '轮到 陈晨',
    '今天 +12,走 1',
    '当班的人今天都到上限了',
    '林晓还没有激活企业微信',
    '正在要码',
    '已停用',
  ])
    expect(text).toContain(words)
})

test('a new code is made once, with what was chosen', async () => {
  await using mock = await startCodes()
  const made = makeChannel({ channelId: 'new', name: '试衣间', status: 'creating', next: [] })
  mock.answers.set('POST /api/channels', () => ({ body: made }))
  const page = await openCodes(chromium(), mock)
  await page.getByRole('button', { name: '渠道码' }).click()
  await page.getByRole('button', { name: '新建渠道码' }).click()
  await page.getByRole('button', { name: '建好' }).click()
  await page.getByText('先起个名字').waitFor()
  await page.getByLabel('名字').fill('试衣间')
  await page.getByRole('button', { name: '几位导购' }).click()
  await page.getByRole('group', { name: '导购' }).getByRole('button', { name: '林晓' }).click()
  await page.getByRole('group', { name: '导购' }).getByRole('button', { name: '吴越' }).click()
  await page.getByRole('button', { name: '优惠券', exact: true }).click()
  await page.getByText('标签、欢迎语、有效期、上限').click()
  await page.getByRole('button', { name: '直播来源' }).click()
  await page.getByLabel('到期').fill('2027-02-28')
  await page.getByLabel('每人每天最多').fill('20')
  mock.answers.set('GET /api/channels', () => ({ body: { channels: [made, ...channels] } }))
  await page.getByRole('button', { name: '建好' }).click()
  await page.getByRole('heading', { name: '试衣间' }).waitFor()
  const [asked] = mock.requests('POST', '/api/channels')
  expect(asked).toMatchObject({
    csrf: true,
    body: {
      channelId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: '试衣间',
      kind: 'guides',
      source: 'coupon',
      guideIds: ['LinXiao', 'WuYue'],
      tags: [{ tagId: 'etLive' }],
      validTo: '2027-03-01T00:00:00+08:00',
      dailyCap: 20,
    },
  })
  expect(Object(asked?.body)).not.toHaveProperty('storeIds')
})

test('retiring asks first; a change that is refused says so and loses nothing', async () => {
  await using mock = await startCodes()
  const page = await openCodes(chromium(), mock)
  await page.getByRole('button', { name: '渠道码' }).click()
  await page.getByRole('button', { name: /万象城门口台卡/ }).click()
  await page.getByRole('button', { name: '修改' }).click()
  await page.getByLabel('名字').fill('南门台卡')
  mock.answers.set('POST /api/channels/c1', () => ({ status: 503, body: { code: 'unavailable' } }))
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('服务正忙,再点一次试试').waitFor()
  expect(await page.getByLabel('名字').inputValue()).toBe('南门台卡')
  await page.getByRole('button', { name: '取消' }).click()

  const retired = makeChannel({ status: 'retired' })
  mock.answers.set('POST /api/channels/c1/retire', () => ({ body: retired }))
  mock.answers.set('GET /api/channels', () => ({ body: { channels: [retired] } }))
  await page.getByRole('button', { name: '停用…' }).click()
  expect(mock.requests('POST', '/api/channels/c1/retire')).toHaveLength(0)
  await page.getByRole('button', { name: '停用', exact: true }).click()
  await page.getByText('已停用,再扫也加不上人了').waitFor()
})

test('who rests is shown at once, and taken back with the reason when it could not be kept', async () => {
  await using mock = await startCodes()
  const page = await openCodes(chromium(), mock)
  await page.getByRole('button', { name: '当班', exact: true }).first().click()
  await page.getByRole('button', { name: '林晓休息' }).click()
  await page.getByRole('button', { name: '林晓当班' }).waitFor()
  expect(mock.requests('POST', '/api/duty').map(({ body }) => body)).toEqual([
    { userId: 'LinXiao', onDuty: false, leaves: [] },
  ])
  mock.answers.set('POST /api/duty', () => ({ status: 403, body: { code: 'forbidden' } }))
  await page.getByRole('button', { name: '吴越休息' }).click()
  await page.getByText('你没有权限看,没有改成').waitFor()
  await page.getByRole('button', { name: '吴越休息' }).waitFor()
})

test('nothing there and nothing heard have their words', async () => {
  await using mock = await startCodes()
  mock.answers.set('GET /api/channels', () => ({ body: { channels: [] } }))
  mock.answers.set('GET /api/channels/choices', () => ({ status: 503, body: { code: 'unavailable' } }))
  const page = await openCodes(chromium(), mock)
  await page.getByRole('button', { name: '渠道码' }).click()
  await page.getByText('还没有渠道码').waitFor()
  await page.getByRole('button', { name: '当班', exact: true }).click()
  await page.getByText('服务正忙').waitFor()
})

/** Every view of the page, one after the other. */
function views(page: Page): (() => Promise<void>)[] {
  return [
    () => page.getByRole('img', { name: '林晓的码的二维码' }).waitFor(),
    () => page.getByRole('button', { name: '渠道码' }).click(),
    () => page.getByRole('button', { name: /周三直播间/ }).click(),
    () => page.getByRole('button', { name: '停用…' }).click(),
    () => page.getByRole('button', { name: '不停用' }).click(),
    () => page.getByRole('button', { name: '修改' }).click(),
    () => page.getByText('标签、欢迎语、有效期、上限').click(),
    () => page.getByRole('button', { name: '当班', exact: true }).first().click(),
    () => page.getByRole('button', { name: '吴越请假' }).click(),
  ]
}

test.for([300, 360, 390] as const)(
  'at %i px nothing is wider than the page, and everything pressed is 44 px',
  async (width) => {
    await using mock = await startCodes()
    const page = await openCodes(chromium(), mock, { width, height: 1400 })
    for (const show of views(page)) {
      await show()
      await atRest(page)
      expect(await page.getByRole('dialog').evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0)
      expect(await smallTargets(page)).toEqual([])
    }
  },
)

test.for(['light', 'dark'] as const)('every view is free of serious accessibility faults when %s', async (scheme) => {
  await using mock = await startCodes()
  const dark = scheme === 'dark' ? { userAgent: ANDROID_DARK } : {}
  const page = await openCodes(chromium(), mock, { width: 300, height: 1400, ...dark })
  for (const show of views(page)) {
    await show()
    await atRest(page)
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  }
})

/** Buttons whose hit area, asked of the browser itself, is lower than 44 px. */
function smallTargets(page: Page): Promise<(string | null)[]> {
  return page.locator('[role=dialog] button:visible').evaluateAll((buttons) =>
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
