import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { type Mock, startMock } from './mock-server.ts'
import { DESKTOP, holdTime, openSidebar, PLAIN_BROWSER } from './open-sidebar.ts'
import { ANNA, annaCard } from './samples.ts'
import { collectMistakes } from './watch-page.ts'

const chromium = useChromium()

async function mockWithAnna(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  return mock
}

test('a signed-in load asks the server one question: who is this', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  // What it tells the server meanwhile is no question.
  const asked = mock.asked.filter(({ path }) => !path.startsWith('/api/opens/'))
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET /api/customers/${ANNA}`])
})

test('without a boot block the page asks for session and signature itself', async () => {
  await using mock = await mockWithAnna()
  mock.world.boot = false
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  expect(mock.requests('GET', '/api/session')).toHaveLength(1)
  expect(mock.requests('POST', '/api/wecom/signature')).toMatchObject([
    { csrf: true, body: { kind: 'agent', url: `${mock.origin}/sidebar/` } },
  ])
})

test('a signature for another URL is not used', async () => {
  await using mock = await mockWithAnna()
  mock.world.bootUrl = 'https://elsewhere.example/sidebar/'
  const page = await openSidebar(chromium(), mock, { query: '?tab=customer#top' })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  expect(mock.requests('POST', '/api/wecom/signature')).toMatchObject([
    { body: { url: `${mock.origin}/sidebar/?tab=customer` } },
  ])
})

test('a signature WeCom does not take is replaced by a new one, unasked', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { badSignatures: 1 } })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  expect(mock.requests('POST', '/api/wecom/signature')).toHaveLength(1)
})

test('signatures that WeCom goes on refusing are explained, and 重试 tries again', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { badSignatures: 2 } })
  await page.getByText('企业微信没有通过验证').waitFor()
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
})

test('signed out, it signs in by itself; after two tries in a minute it says so and lets the guide decide', async () => {
  await using mock = await mockWithAnna()
  mock.world.signedIn = false
  const page = await openSidebar(chromium(), mock, { query: '?tab=coupons' })
  await page.getByText('没能登录').waitFor()
  expect(mock.requests('GET', '/auth/start').map(({ path }) => path)).toEqual([
    '/auth/start?next=%2Fsidebar%2F%3Ftab%3Dcoupons',
    '/auth/start?next=%2Fsidebar%2F%3Ftab%3Dcoupons',
  ])
  expect(mock.requests('GET', '/api')).toEqual([])
  mock.world.signedIn = true
  await page.getByRole('button', { name: '重新登录' }).click()
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.getByRole('tab', { name: '优惠券', selected: true }).waitFor()
})

test('a session that has run out leads to signing in, whichever question finds it out', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  mock.answers.set(`GET /api/customers/${ANNA}/orders`, () => ({ status: 401, body: { code: 'unauthenticated' } }))
  await page.getByRole('tab', { name: '消费' }).click()
  await expect.poll(() => mock.requests('GET', '/auth/start').length).toBe(1)
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
})

test('in an ordinary browser it says where to open it, and asks nobody anything', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { userAgent: PLAIN_BROWSER })
  await page.getByRole('heading', { name: '请在企业微信里打开' }).waitFor()
  expect(mock.asked).toEqual([])
})

test.for([
  ['normal', '先打开和顾客的聊天'],
  ['chat_attachment', '先打开和顾客的聊天'],
] as const)('opened from %s it says: %s', async ([entry, words]) => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { entry } })
  await page.getByRole('heading', { name: words }).waitFor()
})

test('from the customer’s profile everything is to be seen and nothing to be sent', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { entry: 'contact_profile' }, query: '?tab=coupons' })
  await expect.poll(() => page.getByRole('button', { name: '发送生日月礼券' }).isDisabled()).toBe(true)
  await page.getByText('要发送,请回到和 TA 的聊天里打开').waitFor()
})

test.for([
  [{ errmsg: 'getCurExternalContact:fail_no permission' }, '应用还没有客户联系权限'],
  [{ err_msg: 'getCurExternalContact:fail user not in allow list' }, '你还不在应用的可见范围里'],
  [
    { err_msg: 'getCurExternalContact:fail_fail_without context of external contact', err_code: 2 },
    '先打开和顾客的聊天',
  ],
] as const)('WeCom’s refusal %o is explained: %s', async ([contactFailure, words]) => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { contactFailure } })
  await page.getByText(words).waitFor()
})

test('a client that never answers is not waited for longer than eight seconds', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { contactFailure: null }, clock: true })
  await page.getByRole('tab', { name: '客户' }).waitFor()
  const unanswered = () => page.evaluate(() => window.client.late.length)
  await expect.poll(unanswered).toBe(1)
  await page.clock.runFor(8000)
  await page.getByText('企业微信没有回应').waitFor()

  // Asked again while time stands still, but for what the client needs until it is asked.
  await holdTime(page)
  await page.evaluate(() => {
    window.client.late = []
  })
  await page.getByRole('button', { name: '重试' }).click()
  await expect
    .poll(async () => {
      await page.clock.runFor(1)
      return unanswered()
    })
    .toBe(1)
  await page.clock.runFor(7000)
  expect(await page.getByText('企业微信没有回应').count()).toBe(0)
  await page.clock.runFor(1000)
  await page.getByText('企业微信没有回应').waitFor()
})

test('an old client that cannot say where it was opened is taken to be in a chat', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { mood: { contextUnknown: true } })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
})

test('a client before 3.0.24 is given both signatures', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, { userAgent: DESKTOP.replace('5.0.10', '3.0.20') })
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  expect(mock.requests('POST', '/api/wecom/signature')).toMatchObject([{ body: { kind: 'corp' } }])
})

test('nothing goes wrong unseen, and the page’s own security policy refuses nothing', async () => {
  await using mock = await mockWithAnna()
  const page = await openSidebar(chromium(), mock, {
    mood: { send: { err_msg: 'sendChatMessage:cancel' } },
    query: '?tab=coupons',
  })
  await page.getByRole('button', { name: '发送生日月礼券' }).waitFor()
  const mistakes = collectMistakes(page)
  await page.reload()
  await page.getByRole('button', { name: '发送生日月礼券' }).click()
  await expect.poll(() => mock.requests('POST', '/api/shares/').length).toBe(1)
  await page.getByRole('tab', { name: '商品' }).click()
  await page.getByText('为她推荐').waitFor()
  expect(mistakes).toEqual([])
})
