import { mirrorCustomer } from '@zhanggui/server/customers/mirror-customer.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildSidebar } from '../sidebar/built-sidebar.ts'
import { launchChromium } from '../support/chromium.ts'
import { createTestDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { smallWorld } from '../support/seed.ts'
import { connectCallbacks, startServerOn, startTestSimulator } from '../support/server.ts'
import { until } from '../support/until.ts'
import { customers, groupSeed } from './group-story.ts'

let browser: Browser

beforeAll(async () => {
  await buildSidebar()
  browser = await launchChromium()
}, 120_000)
afterAll(() => browser?.close())

/** The product and the simulated client around it, each knowing where the other listens. */
async function openClient() {
  const ports = { simulator: await freePort(), webview: await freePort() }
  const database = await createTestDatabase()
  const server = await startServerOn({
    database,
    simulator: { url: `http://127.0.0.1:${ports.simulator}` },
    env: { PUBLIC_URL: `http://127.0.0.1:${ports.webview}` },
  })
  const relation = { guide: 'LinXiao', customer: 'wm0', addedAt: '2026-01-06T10:00:00+08:00', addWay: 1, tags: [] }
  const simulator = await startTestSimulator({
    port: ports.simulator,
    webviewPort: ports.webview,
    target: server.url,
    seed: smallWorld({ customers, relations: [relation], groups: [groupSeed()] }),
  })
  connectCallbacks(simulator, server.url)
  const page = await browser.newPage({ viewport: { width: 1400, height: 860 }, locale: 'zh-CN' })
  return {
    server,
    simulator,
    page,
    async [Symbol.asyncDispose]() {
      await page.close()
      await server.stop()
      await simulator.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('through WeCom’s own SDK: the group’s chat opens 群, a member’s card, and the chat beside it their card alone', async () => {
  await using client = await openClient()
  const { server, simulator, page } = client
  await mirrorCustomer('wm0', server.deps)
  await page.goto(simulator.url)
  const guide = page.getByRole('region', { name: '导购的企业微信' })
  const sidebar = page.frameLocator('iframe[title="侧边栏"]')

  // Nobody has told the product of this group yet: it asks when the guide opens it.
  await guide.getByRole('button', { name: /老友群/ }).click()
  await sidebar.getByRole('heading', { name: '老友群' }).waitFor()
  await sidebar.getByRole('tab', { name: '群', selected: true }).waitFor()
  await sidebar.getByText('周三会员日').waitFor()
  await sidebar.getByRole('button', { name: /顾客0/ }).click()
  await sidebar.getByRole('heading', { name: '顾客0' }).waitFor()
  await sidebar.getByRole('button', { name: '回到群' }).click()
  await sidebar.getByRole('button', { name: /没人加/ }).click()
  await sidebar.getByText('顾客1', { exact: true }).waitFor()

  // Somebody scans the group's code, and is there at the next look.
  await (await simulator.joinGroup({ chatId: 'wrOld', members: ['wm2'], scene: 3 })).delivered
  await until(async () => {
    const joined = await server.db.selectFrom('groupMembership').selectAll().where('memberId', '=', 'wm2').execute()
    return joined.length === 1
  })
  await page.reload()
  await guide.getByRole('button', { name: /老友群/ }).click()
  await sidebar.getByText('进 1', { exact: true }).first().waitFor()
  await sidebar.getByRole('button', { name: /没人加/ }).click()
  await sidebar.getByText('今天扫码进群').waitFor()
  await sidebar.getByText('顾客2', { exact: true }).waitFor()

  await guide.getByRole('button', { name: /顾客0/ }).click()
  await sidebar.getByRole('heading', { name: '顾客0' }).waitFor()
  await expect.poll(() => sidebar.getByRole('tab', { name: '群' }).count()).toBe(0)
  await sidebar.getByRole('tab', { name: '客户', selected: true }).waitFor()
})
