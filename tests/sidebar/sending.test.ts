import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, holdTime, type Opening, openSidebar } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'
import { gate } from './watch-page.ts'

const chromium = useChromium()
const BIRTHDAY = '发送生日月礼券'

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.world.customers.set(NEWCOMER, newcomerCard())
  return mock
}

async function openCoupons(mock: Mock, opening: Opening = {}): Promise<Page> {
  const page = await openSidebar(chromium(), mock, { query: '?tab=coupons', ...opening })
  await page.getByRole('button', { name: BIRTHDAY }).waitFor()
  return page
}

const bridgeCalls = (page: Page, name: string) =>
  page.evaluate((wanted) => window.client.calls.filter((call) => call.name === wanted), name)
const shares = (mock: Mock) => mock.requests('POST', '/api/shares').filter(({ path }) => path === '/api/shares')
const outcomes = (mock: Mock) =>
  mock
    .requests('POST', '/api/shares/')
    .map(({ path, body }) => `${path.split('/').pop()} ${Object(body).outcome ?? ''}`.trim())

test('a tap records the share, asks whose chat it is, hands the card over and records that', async () => {
  await using mock = await start()
  const page = await openCoupons(mock)
  await page.evaluate(() => {
    window.client.calls.length = 0
  })
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByText('已放进聊天框,按发送即可').waitFor()
  expect(shares(mock)).toMatchObject([
    { csrf: true, body: { externalUserId: ANNA, kind: 'coupon', refId: 'birthday', requestId: expect.any(String) } },
  ])
  const calls = await page.evaluate(() => window.client.calls.map(({ name }) => name))
  expect(calls).toEqual(['getCurExternalContact', 'sendChatMessage'])
  expect((await bridgeCalls(page, 'sendChatMessage'))[0]?.params).toMatchObject({
    msgtype: 'news',
    news: { link: 'https://shop.example/coupon/birthday', title: '给你的' },
  })
  await expect.poll(() => outcomes(mock)).toEqual(['outcome handed_over'])
})

test('a double tap sends once', async () => {
  await using mock = await start()
  const page = await openCoupons(mock)
  await page.getByRole('button', { name: BIRTHDAY }).dblclick()
  await page.getByText('已放进聊天框,按发送即可').waitFor()
  expect(shares(mock)).toHaveLength(1)
  expect(await bridgeCalls(page, 'sendChatMessage')).toHaveLength(1)
})

test('two different things tapped in a hurry: the second waits for a tap of its own', async () => {
  await using mock = await start()
  const { after, open } = gate()
  mock.answers.set('POST /api/shares', () => ({ after }))
  const page = await openCoupons(mock)
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('button', { name: '发送新品尝鲜' }).click()
  open()
  await page.getByText('已放进聊天框,按发送即可').waitFor()
  expect(shares(mock)).toHaveLength(1)
})

test('on a phone the card is with WeCom, which asks the guide itself', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { userAgent: ANDROID_DARK, query: '?tab=products' })
  await page.getByRole('button', { name: '发送天鹅手链' }).click()
  await page.getByText('已交给企业微信').waitFor()
  expect(await page.getByRole('button', { name: '撤回券' }).count()).toBe(0)
})

test('a coupon can be taken back until it is opened', async () => {
  await using mock = await start()
  const page = await openCoupons(mock)
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('button', { name: '撤回券' }).click()
  await page.getByText('券已撤回').waitFor()
  expect(mock.requests('POST', '/api/shares/share-1/withdraw')).toMatchObject([{ csrf: true }])

  mock.answers.set('POST /api/shares/share-2/withdraw', () => ({
    status: 409,
    body: { code: 'coupon_already_opened' },
  }))
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('button', { name: '撤回券' }).click()
  await page.getByText('顾客已经打开这张券,撤不回了').waitFor()
})

test('a guide who thinks better of it in WeCom’s dialog is not lectured, and the same coupon waits', async () => {
  await using mock = await start()
  const page = await openCoupons(mock, { mood: { send: { err_msg: 'sendChatMessage:cancel' } } })
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await expect.poll(() => outcomes(mock)).toEqual(['outcome cancelled'])
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect((await page.getByRole('status').allInnerTexts()).join('')).toBe('')
  await page.evaluate(() => {
    window.client.send = { err_msg: 'sendChatMessage:ok' }
  })
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByText('已放进聊天框').waitFor()
  const ids = shares(mock).map(({ body }) => Object(body).requestId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test.for([
  [{ errmsg: 'sendChatMessage:fail_no permission' }, '企业微信没让发送', 'refused'],
  [{ err_msg: 'system:function_not_exist' }, '这个企业微信版本不能直接发', 'unsupported'],
  [{ err_msg: 'sendChatMessage:fail invalid imgUrl' }, '企业微信不接受这张卡片', 'refused'],
  [{ err_msg: 'sendChatMessage:fail_fail_without context', err_code: 2 }, '这里不是和顾客的聊天', 'refused'],
  [{ err_msg: 'sendChatMessage:fail' }, '不确定有没有发出去', 'unknown'],
] as const)('%o is explained as %s and recorded as %s', async ([send, words, outcome]) => {
  await using mock = await start()
  const page = await openCoupons(mock, { mood: { send } })
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('dialog').getByRole('heading', { name: words }).waitFor()
  await expect.poll(() => outcomes(mock)).toEqual([`outcome ${outcome}`])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('a refused card can go as a link: copied, or, without a clipboard, selected by hand', async () => {
  await using mock = await start()
  const page = await openCoupons(mock, { mood: { send: { errmsg: 'sendChatMessage:fail_no permission' } } })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('button', { name: '复制链接' }).click()
  await page.getByText('链接已复制,粘贴到聊天框就行').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('https://shop.example/coupon/birthday')

  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByRole('button', { name: '复制链接' }).click()
  expect(await page.getByLabel('长按或全选,复制这个链接').inputValue()).toBe('https://shop.example/coupon/birthday')
})

test('a silent client is given eight seconds; its late answer is still heard', async () => {
  await using mock = await start()
  const page = await openCoupons(mock, { mood: { send: null }, clock: true })
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await expect.poll(() => page.evaluate(() => window.client.late.length)).toBe(1)
  await page.clock.runFor(8100)
  await page.getByRole('dialog').getByText('先看看聊天框再试').waitFor()
  await expect.poll(() => outcomes(mock)).toEqual(['outcome unknown'])
  await page.evaluate(() => window.client.late[0]?.({ err_msg: 'sendChatMessage:ok' }))
  await page.getByText('已放进聊天框,按发送即可').waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(() => outcomes(mock)).toEqual(['outcome unknown', 'outcome handed_over'])
})

test('if the chat has changed meanwhile, nothing is sent and the new customer shows', async () => {
  await using mock = await start()
  const page = await openCoupons(mock, { clock: true })
  await holdTime(page)
  await page.evaluate((id) => {
    window.client.contact = id
  }, NEWCOMER)
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await expect
    .poll(async () => {
      await page.clock.runFor(10)
      return page.getByRole('heading', { name: '陈屿' }).count()
    })
    .toBe(1)
  // What is said stays beside the new card, long enough to be read.
  await page.getByText('聊天换了一位顾客,刚才没有发送').waitFor()
  expect(await bridgeCalls(page, 'sendChatMessage')).toEqual([])
  await expect.poll(() => outcomes(mock).sort()).toEqual(['outcome cancelled', 'withdraw'])
})

test('a share the server could not take is tried again under the same id', async () => {
  await using mock = await start()
  mock.answers.set('POST /api/shares', () => ({ status: 503, body: { code: 'unavailable' } }))
  const page = await openCoupons(mock)
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByText('没有发送:服务正忙').waitFor()
  mock.answers.clear()
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByText('已放进聊天框').waitFor()
  expect(new Set(shares(mock).map(({ body }) => Object(body).requestId)).size).toBe(1)
})

test('a coupon that ran out this minute says so, and the list is read anew', async () => {
  await using mock = await start()
  mock.answers.set('POST /api/shares', () => ({ status: 409, body: { code: 'coupon_out_of_stock' } }))
  const page = await openCoupons(mock)
  await page.getByRole('button', { name: BIRTHDAY }).click()
  await page.getByText('这张券刚刚发完了,换一张吧').waitFor()
  await expect.poll(() => mock.requests('GET', `/api/customers/${ANNA}/coupons`).length).toBe(2)
  expect(await bridgeCalls(page, 'sendChatMessage')).toEqual([])
})

test('an invitation goes out from the customer’s card', async () => {
  await using mock = await start()
  const page = await openSidebar(chromium(), mock, { mood: { contact: NEWCOMER } })
  await page.getByRole('button', { name: '发送入会邀请' }).click()
  await page.getByText('已放进聊天框').waitFor()
  expect(shares(mock)).toMatchObject([{ body: { kind: 'invitation', externalUserId: NEWCOMER } }])
  expect(Object(shares(mock)[0]?.body)).not.toHaveProperty('refId')
})
