import { AxeBuilder } from '@axe-core/playwright'
import { prepareInvitation } from '@zhanggui/server/membership/invitations.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { launchChromium } from '../support/chromium.ts'
import { befriend, openShop } from '../support/shop.ts'

let chromium: Browser
beforeAll(async () => {
  chromium = await launchChromium()
})
afterAll(() => chromium.close())

async function invitationOnPhone(t: TestApp, colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  await openShop(t)
  await befriend(t)
  const { url } = await prepareInvitation(t.deps, { guideUserId: 'LinXiao', externalUserId: 'wmAnna' })
  const origin = await t.app.listen({ port: 0 })
  const context = await chromium.newContext({ viewport: { width, height: 740 }, colorScheme })
  const page = await context.newPage()
  await page.goto(origin + new URL(url).pathname)
  return page
}

async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test.for([
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 320 },
] as const)('a customer enrols on a phone of $width px, $colorScheme', async ({ colorScheme, width }) => {
  const codes: string[] = []
  const sms = { send: async (_phone: string, code: string) => void codes.push(code) }
  await using t = await testApp({ sms })
  const page = await invitationOnPhone(t, colorScheme, width)
  expect(await faultsOf(page)).toEqual([])
  const small = await page
    .locator('input:not([type=checkbox])')
    .evaluateAll((inputs) => inputs.filter((input) => Number.parseFloat(getComputedStyle(input).fontSize) < 16).length)
  expect(small).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)

  await page.getByLabel('怎么称呼您').fill('王安娜')
  await page.getByLabel('手机号').fill('13812345678')
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByText('验证码已发出').waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('验证码').fill(codes.at(-1) ?? '')
  await page.getByLabel('会员服务').check()
  await page.getByRole('button', { name: '开卡' }).click()
  await page.getByRole('heading', { name: '欢迎您' }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  await page.context().close()
})

test('the keyboard’s enter asks to enrol, not for a code', async () => {
  const codes: string[] = []
  await using t = await testApp({ sms: { send: async (_phone, code) => void codes.push(code) } })
  const page = await invitationOnPhone(t, 'light', 360)
  await page.getByLabel('会员服务').check()
  await page.getByLabel('怎么称呼您').fill('王安娜')
  await page.getByLabel('怎么称呼您').press('Enter')
  await page.getByRole('heading', { name: '欢迎您' }).waitFor()
  expect(codes).toEqual([])
  await page.context().close()
})
