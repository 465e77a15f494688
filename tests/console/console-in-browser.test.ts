import { AxeBuilder } from '@axe-core/playwright'
import { raiseAlert } from '@zhanggui/server/alerts/raise-alert.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Clinic, openClinic } from '../doctor/clinic.ts'
import { launchChromium } from '../support/chromium.ts'

let clinic: Clinic
let chromium: Browser
let page: Page
beforeAll(async () => {
  clinic = await openClinic()
  chromium = await launchChromium()
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addCookies([{ name: 'simulator_account', value: 'HeadOffice', url: clinic.simulator.url }])
  page = await context.newPage()
})
afterAll(async () => {
  await chromium.close()
  await clinic[Symbol.asyncDispose]()
})

test('HQ sees what is wrong, finds where to mend it, mends it and looks again', async () => {
  const { simulator, proxy, server } = clinic
  await page.goto(`${proxy.url}/console/`)
  await page.getByText('没有要处理的').waitFor()
  simulator.setTrustedIp(false)
  await raiseAlert(server.deps, {
    kind: 'wecom_refused',
    subject: '60020',
    detail: '本机地址 203.0.113.7 不在企业可信IP里(externalcontact/get 返回 60020)。',
  })
  await page.goto(`${proxy.url}/console/`)
  await page.getByText('企业微信拒绝了调用').waitFor()
  await drawsWell('light')

  await page.getByRole('link', { name: '体检' }).first().click()
  await page.getByRole('button', { name: '开始体检' }).click()
  await page.getByRole('heading', { name: '1 项要改' }).waitFor()
  expect(await page.getByText('企业可信IP,加上 127.0.0.1').isVisible()).toBe(true)
  await drawsWell('light')

  simulator.setTrustedIp(true)
  await page.getByRole('button', { name: '再查一次' }).click()
  await page.getByRole('heading', { name: '没有要改的' }).waitFor()

  await page.getByRole('link', { name: '首页' }).click()
  await page.getByRole('button', { name: '处理好了:企业微信拒绝了调用' }).click()
  await page.getByText('没有要处理的').waitFor()
  await page.getByRole('link', { name: '提醒' }).first().click()
  await page.getByText('HeadOffice 关闭').waitFor()
  await drawsWell('dark')
})

/** On a desktop and on phones: nothing to scroll sideways, and readable for everybody, light and dark. */
async function drawsWell(colorScheme: 'light' | 'dark'): Promise<void> {
  for (const width of [1280, 390, 360, 300]) {
    await page.setViewportSize({ width, height: 800 })
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect([width, overhang]).toEqual([width, 0])
  }
  await page.emulateMedia({ colorScheme })
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
}
