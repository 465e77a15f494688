import { join } from 'node:path'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from '../demo/demo.ts'
import { launchChromium } from '../support/chromium.ts'
import { freePort } from '../support/free-port.ts'
import { repository } from '../support/repository.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

let folder: TemporaryFolder
let demo: Demo
let browser: Browser
let page: Page

beforeAll(async () => {
  folder = await temporaryFolder()
  demo = await startDemo({
    dataDir: join(folder.path, 'demo'),
    ports: { server: await freePort(), simulator: await freePort(), webview: await freePort(), mall: await freePort() },
  })
  browser = await launchChromium()
  const context = await browser.newContext({ viewport: { width: 1560, height: 900 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(60_000)
}, 300_000)

afterAll(async () => {
  // What the guide saw last, for whoever reads a failure.
  await page?.screenshot({ path: join(repository, 'test-results/story.png') })
  await browser?.close()
  await demo?.stop()
  await folder?.[Symbol.asyncDispose]()
}, 120_000)

test('a stranger becomes a welcomed member with a coupon, all in front of the guide', async () => {
  await page.goto(demo.url)
  const current = page.getByRole('list', { name: '聊天列表' }).locator('[aria-current]')
  const before = await current.getAttribute('title')
  await page.getByRole('button', { name: /^新顾客扫/ }).click()

  const chat = page.getByRole('log', { name: '聊天记录' })
  await expect.poll(() => current.getAttribute('title')).not.toBe(before)
  const customer = (await current.getAttribute('title')) ?? ''
  expect(customer).not.toBe('')
  await expectVisible(chat.getByText('您好').first())

  // The sidebar signs in by itself and knows the customer of this chat.
  const sidebar = page.locator('iframe[title="侧边栏"]').contentFrame()
  await expectVisible(sidebar.getByRole('heading', { name: customer }))
  await expectVisible(sidebar.getByRole('tab', { name: '客户' }))
  await expectVisible(sidebar.getByText('欢迎语已送达').first())

  // The customer opens the invitation on the phone and enrols.
  await page.getByRole('button', { name: '顾客打开最近的链接' }).click()
  const join = page.locator('iframe[title="顾客打开的网页"]').last().contentFrame()
  await enrol(join)
  await expectVisible(join.getByText(/ZG \d{3} \d{3} \d{4}/))

  // The guide's card changes to member.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await sidebar.locator('body').click({ position: { x: 5, y: 5 } })
  await expectVisible(sidebar.getByText(/ZG\d/).first())

  // One tap puts a coupon into the message box; the guide presses send.
  await sidebar.getByRole('tab', { name: '优惠券' }).click()
  const offer = sidebar.getByRole('button', { name: /^发送/ }).first()
  const title = ((await offer.getAttribute('aria-label')) ?? '').replace(/^发送\s*/, '')
  await offer.click()
  await expectVisible(sidebar.getByText('已放进聊天框,按发送即可'))
  await page.getByRole('region', { name: '导购的企业微信' }).getByRole('button', { name: '发送', exact: true }).click()
  await expectVisible(chat.getByRole('button', { name: new RegExp(`送您一张${title}`) }))

  // The customer opens the coupon: a code as text and as a picture to scan.
  await page.getByRole('button', { name: '顾客打开最近的链接' }).click()
  await expectVisible(join.getByText(/^[0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4}$/))
  await expectVisible(join.locator('svg').first())
}, 240_000)

async function enrol(join: FrameLocator): Promise<void> {
  await join.getByLabel('怎么称呼您').fill('王安娜')
  const phone = join.getByLabel(/手机号/)
  await phone.fill('13800001234')
  await join.getByRole('button', { name: '获取验证码' }).click()
  const sms = page.getByRole('button', { name: /^短信/ })
  await expectVisible(sms)
  const code = /(\d{6})/.exec((await sms.getAttribute('aria-label')) ?? '')?.[1] ?? ''
  await join
    .getByLabel(/验证码/)
    .last()
    .fill(code)
  await join.getByRole('checkbox').first().check()
  await join.getByRole('button', { name: '开卡' }).click()
}

async function expectVisible(locator: { waitFor(options: { state: 'visible' }): Promise<void> }): Promise<void> {
  await locator.waitFor({ state: 'visible' })
}
