import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { useChromium } from '../sidebar/chromium-suite.ts'
import { type Mock, startMock } from '../sidebar/mock-server.ts'
import { ANDROID_DARK, type Opening, openSidebar } from '../sidebar/open-sidebar.ts'
import { ANNA, ago, annaCard } from '../sidebar/samples.ts'
import { atRest, collectMistakes, gate } from '../sidebar/watch-page.ts'

const chromium = useChromium()
const REDEEM = 'POST /api/coupons/redeem'
const UNDO = 'POST /api/coupons/undo-redemption'
const MINUTE = 60_000

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.answers.set(REDEEM, () => ({ body: green() }))
  return mock
}

const green = () => ({
  code: '7K3M9QXR2B0C',
  redeemedAt: ago(0),
  title: '生日月礼券',
  kind: 'amount',
  value: 10_000,
  minimumSpend: 99_900,
  storeName: '万象城专柜',
  guideName: '林晓',
})

const red = (code: string, facts: object = {}) => ({ status: 409, body: { code, ...facts } })

async function openSheet(mock: Mock, opening: Opening = {}) {
  const page = await openSidebar(chromium(), mock, { query: '?tab=coupons', ...opening })
  await page.getByRole('button', { name: '核销' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('heading', { name: '核销优惠券' }).waitFor()
  return { page, sheet }
}

async function type(sheet: Awaited<ReturnType<typeof openSheet>>['sheet'], code = '7k3m-9qxr-2b0c'): Promise<void> {
  await sheet.getByLabel(/券码/).fill(code)
  await sheet.getByRole('button', { name: '核销', exact: true }).click()
}

test('a typed code is green, and what the customer holds is read again', async () => {
  await using mock = await start()
  const { page, sheet } = await openSheet(mock)
  const mistakes = collectMistakes(page)
  const held = () => mock.requests('GET', `/api/customers/${ANNA}/coupons`).length
  await expect.poll(held).toBe(1)
  await type(sheet)
  await sheet.getByRole('alert').getByText('核销好了').waitFor()
  await sheet.getByText('生日月礼券').waitFor()
  expect(await sheet.getByText(/今天 \d\d:\d\d · 万象城专柜/).count()).toBe(1)
  expect(mock.requests('POST', '/api/coupons/redeem')).toMatchObject([
    { body: { code: '7k3m-9qxr-2b0c', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) }, csrf: true },
  ])
  await expect.poll(held).toBe(2)
  expect(await sheet.getByRole('button', { name: '撤销核销' }).count()).toBe(0)
  await sheet.getByRole('button', { name: '再核一张' }).click()
  expect(await sheet.getByLabel(/券码/).inputValue()).toBe('')
  expect(mistakes).toEqual([])
})

test('on a phone the code is scanned through WeCom', async () => {
  await using mock = await start()
  const scan = { err_msg: 'scanQRCode:ok', resultStr: 'CODE_128,7K3M9QXR2B0C' }
  const { page, sheet } = await openSheet(mock, { userAgent: ANDROID_DARK, mood: { scan } })
  await sheet.getByRole('button', { name: '扫券码' }).click()
  await sheet.getByText('核销好了').waitFor()
  expect(mock.requests('POST', '/api/coupons/redeem')).toMatchObject([{ body: { code: '7K3M9QXR2B0C' } }])
  const calls = await page.evaluate(() => window.client.calls.filter(({ name }) => name === 'scanQRCode'))
  expect(calls).toMatchObject([{ params: { needResult: 1, scanType: ['qrCode', 'barCode'] } }])
})

test('turning back from the camera says nothing; a camera that does not open leaves typing', async () => {
  await using mock = await start()
  const { page, sheet } = await openSheet(mock, {
    userAgent: ANDROID_DARK,
    mood: { scan: { err_msg: 'scanQRCode:cancel' } },
  })
  await sheet.getByRole('button', { name: '扫券码' }).click()
  await expect.poll(() => page.evaluate(() => window.client.calls.some(({ name }) => name === 'scanQRCode'))).toBe(true)
  expect(await sheet.getByRole('alert').count()).toBe(0)
  await page.evaluate(() => {
    window.client.scan = { err_msg: 'scanQRCode:fail' }
  })
  await sheet.getByRole('button', { name: '扫券码' }).click()
  await sheet.getByText('相机没打开,输入券码也一样').waitFor()
  await type(sheet)
  await sheet.getByText('核销好了').waitFor()
})

const nothing = () => ({})

test.for([
  [
    'coupon_redeemed',
    '这张券用过了',
    /今天 .+,在国金专柜,由陈晨核销/,
    () => ({ redeemedAt: ago(0), storeName: '国金专柜', guideName: '陈晨' }),
  ],
  ['coupon_redeemed', '这张券用过了', /在线上商城核销/, () => ({ redeemedAt: ago(MINUTE) })],
  ['coupon_code_mistyped', '券码不对', /有一位输错或漏了/, nothing],
  ['coupon_unknown', '没有这张券', /别家的码/, nothing],
  ['coupon_expired', '这张券过期了', /不能再用/, nothing],
  ['coupon_wrong_store', '这张券不能在本店用', /在哪儿用/, nothing],
  ['guide_without_store', '你还没有分到门店', /店长或总部/, nothing],
] as const)('%s is red: %s %s', async ([code, what, next, facts]) => {
  await using mock = await start()
  mock.answers.set(REDEEM, () => red(code, facts()))
  const { sheet } = await openSheet(mock)
  await type(sheet)
  await sheet.locator('.red').getByText(what).waitFor()
  expect(await sheet.locator('.red').getByText(next).count()).toBe(1)
  await sheet.getByRole('button', { name: '换一张' }).click()
  await sheet.getByLabel(/券码/).waitFor()
})

test('an answer lost on the way is neither green nor red, and trying again is the same request', async () => {
  await using mock = await start()
  mock.answers.set(REDEEM, () => ({ status: 503, body: { code: 'unavailable' } }))
  const { page, sheet } = await openSheet(mock)
  await type(sheet)
  await sheet.getByText('还不知道成没成').waitFor()
  await page.route('**/api/coupons/redeem', (route) => route.abort())
  await sheet.getByRole('button', { name: '再试一次' }).click()
  await sheet.getByText('网络不通。再试一次,不会重复核销。').waitFor()
  expect(await sheet.locator('.green, .red').count()).toBe(0)
  await page.unroute('**/api/coupons/redeem')
  const { after, open } = gate()
  mock.answers.set(REDEEM, () => ({ body: green(), after }))
  await sheet.getByRole('button', { name: '再试一次' }).click()
  await sheet.getByRole('button', { name: '核销中' }).waitFor()
  open()
  await sheet.getByText('核销好了').waitFor()
  const ids = mock.requests('POST', '/api/coupons/redeem').map(({ body }) => Object(body).requestId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a manager undoes today’s redemption with a reason', async () => {
  await using mock = await start()
  mock.world.role = 'manager'
  mock.answers.set(REDEEM, () => red('coupon_redeemed', { redeemedAt: ago(0), storeId: 's1', storeName: '万象城专柜' }))
  mock.answers.set(UNDO, () => ({ status: 403, body: { code: 'not_your_store' } }))
  const { sheet } = await openSheet(mock)
  await type(sheet)
  await sheet.getByRole('button', { name: '撤销核销' }).click()
  expect(await sheet.getByRole('button', { name: '撤销', exact: true }).isDisabled()).toBe(true)
  await sheet.getByLabel(/为什么撤销/).fill('点错了')
  await sheet.getByRole('button', { name: '撤销', exact: true }).click()
  await sheet.getByText('别的门店核销的,请那边的店长撤销').waitFor()
  mock.answers.set(UNDO, () => ({ body: { code: '7K3M9QXR2B0C', undoneAt: ago(0) } }))
  await sheet.getByRole('button', { name: '撤销', exact: true }).click()
  await sheet.getByText('已撤销').waitFor()
  expect(mock.requests('POST', '/api/coupons/undo-redemption')[1]).toMatchObject({
    body: { code: '7k3m-9qxr-2b0c', reason: '点错了' },
  })
})

test('yesterday’s redemption offers a manager nothing to undo', async () => {
  await using mock = await start()
  mock.world.role = 'manager'
  mock.answers.set(REDEEM, () => red('coupon_redeemed', { redeemedAt: ago(25 * 60 * MINUTE), storeName: '万象城专柜' }))
  const { sheet } = await openSheet(mock)
  await type(sheet)
  await sheet.locator('.red').waitFor()
  expect(await sheet.getByRole('button', { name: '撤销核销' }).count()).toBe(0)
})

test('Escape closes the sheet and gives the focus back', async () => {
  await using mock = await start()
  const { page, sheet } = await openSheet(mock)
  await page.keyboard.press('Escape')
  await expect.poll(() => sheet.count()).toBe(0)
  const entry = page.getByRole('button', { name: '核销' })
  await expect.poll(() => entry.evaluate((button) => button === document.activeElement)).toBe(true)
})

test.for([300, 360, 390] as const)('at %i px the sheet fits, and everything pressed is 44 px', async (width) => {
  await using mock = await start()
  mock.world.role = 'manager'
  const { page, sheet } = await openSheet(mock, { width, userAgent: ANDROID_DARK })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const low = () =>
    sheet.getByRole('button').evaluateAll((buttons) =>
      buttons
        .filter((button) => {
          const { left, width: wide, top, height } = button.getBoundingClientRect()
          const hits = (y: number) => document.elementFromPoint(left + wide / 2, y)?.closest('button') === button
          return !hits(top + height / 2 - 21) || !hits(top + height / 2 + 21)
        })
        .map((button) => button.textContent),
    )
  await atRest(page)
  expect([await fits(), await low()]).toEqual([0, []])
  await type(sheet)
  await sheet.getByText('核销好了').waitFor()
  await atRest(page)
  expect([await fits(), await low()]).toEqual([0, []])
})

test.for(['light', 'dark'] as const)('the sheet is free of serious accessibility faults when %s', async (scheme) => {
  await using mock = await start()
  mock.world.role = 'manager'
  const { page, sheet } = await openSheet(mock, scheme === 'dark' ? { userAgent: ANDROID_DARK } : {})
  expect(await faults(page)).toEqual([])
  await type(sheet)
  await sheet.getByText('核销好了').waitFor()
  expect(await faults(page)).toEqual([])
  await sheet.getByRole('button', { name: '再核一张' }).click()
  mock.answers.set(REDEEM, () => red('coupon_expired'))
  await type(sheet)
  await sheet.locator('.red').waitFor()
  expect(await faults(page)).toEqual([])
})

type Page = Awaited<ReturnType<typeof openSidebar>>

async function faults(page: Page): Promise<string[]> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
