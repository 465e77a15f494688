import { type Simulator, startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from '../sidebar/chromium-suite.ts'
import { createTestDatabase } from '../support/database.ts'
import { testEnv } from '../support/env.ts'
import { freePort } from '../support/free-port.ts'
import { CALLBACK, connectCallbacks } from '../support/server.ts'
import { startServerProcess } from '../support/server-process.ts'
import { PAIR, tagWorld } from './tag-story.ts'

const chromium = useChromium()

interface Desk extends AsyncDisposable {
  simulator: Simulator
  page: Page
  sidebar: FrameLocator
}

/** 林晓's WeCom with the real sidebar in its panel, the real server behind it, and 安娜's chat open. */
async function openDesk(): Promise<Desk> {
  const database = await createTestDatabase()
  const [serverPort, webviewPort] = [await freePort(), await freePort()]
  const simulator = await startSimulator({
    corpId: testEnv.WECOM_CORP_ID,
    agentId: testEnv.WECOM_AGENT_ID,
    agentSecret: testEnv.WECOM_AGENT_SECRET,
    seed: tagWorld,
    callback: { url: `http://127.0.0.1:${serverPort}/callbacks/wecom`, ...CALLBACK },
    callbackTiming: { retryDelayMs: 50 },
    webviewPort,
    target: `http://127.0.0.1:${serverPort}`,
    trustedDomains: [`127.0.0.1:${webviewPort}`],
  })
  const server = await startServerProcess(database.url, simulator, {
    PORT: String(serverPort),
    PUBLIC_URL: `http://127.0.0.1:${webviewPort}`,
  })
  connectCallbacks(simulator, server.url)
  await (await simulator.createTag({ groupId: 'etStyle', name: '简约' })).delivered
  await (await simulator.addFriend(PAIR)).delivered
  const context = await chromium().newContext({ viewport: { width: 1400, height: 860 }, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(simulator.url)
  const sidebar = page.frameLocator('iframe[title="侧边栏"]')
  await sidebar.getByRole('heading', { name: '安娜王' }).waitFor({ timeout: 60_000 })
  return {
    simulator,
    page,
    sidebar,
    async [Symbol.asyncDispose]() {
      await context.close()
      await server[Symbol.asyncDispose]()
      await simulator.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

const relationOf = ({ world }: Simulator) => world.followers.get('wmAnna')?.get('LinXiao')

test('a guide finds a tag by its initials, sets it beside the chat, and WeCom has it after the pause', async () => {
  await using desk = await openDesk()
  const { simulator, sidebar } = desk
  await sidebar.getByRole('button', { name: '+ 标签' }).click()
  const sheet = sidebar.getByRole('dialog', { name: '标签' })
  await sheet.getByRole('searchbox', { name: '搜标签' }).fill('xhys')
  await sheet.getByRole('button', { name: '喜欢银色' }).click()
  await sidebar.getByText('已加上「喜欢银色」').waitFor()
  expect(relationOf(simulator)?.tagIds).toEqual([])
  await sheet.getByRole('button', { name: '完成' }).click()
  await sidebar.locator('.chip', { hasText: '喜欢银色' }).waitFor()
  await expect.poll(() => relationOf(simulator)?.tagIds).toEqual(['etSilver'])

  // Taken back within five seconds: WeCom is told nothing at all.
  await sidebar.getByRole('button', { name: '+ 标签' }).click()
  await tapAndTakeBack(sheet.getByRole('region', { name: '风格' }).getByRole('button', { name: '喜欢金色' }))

  // And what WeCom refuses leaves the card, with the reason.
  simulator.failNext('externalcontact/mark_tag', 40144)
  await sheet.getByRole('region', { name: '风格' }).getByRole('button', { name: '简约' }).click()
  await sheet.getByRole('button', { name: '完成' }).click()
  await sidebar.getByText('这位顾客的标签满了,先去掉几个').waitFor({ timeout: 30_000 })
  await expect.poll(() => sidebar.locator('.chip', { hasText: '简约' }).count()).toBe(0)
  const told = simulator.calls.of('externalcontact/mark_tag').flatMap(({ body }) => Object(body).add_tag ?? [])
  expect(told).not.toContain('etGold')
}, 180_000)

/** In the page itself, where the five seconds run: between two clicks from out here they may pass on a busy machine. */
async function tapAndTakeBack(tag: Locator): Promise<void> {
  await tag.evaluate(async (button: HTMLElement) => {
    const undo = () =>
      [...document.querySelectorAll<HTMLElement>('button')].find(({ textContent }) => textContent.trim() === '撤销')
    button.click()
    while (!undo()) await new Promise((resolve) => requestAnimationFrame(resolve))
    undo()?.click()
  })
}

test('a remark written beside the chat is the chat’s name in WeCom; a newer one there is shown first', async () => {
  await using desk = await openDesk()
  const { simulator, sidebar } = desk
  await sidebar.getByRole('button', { name: '编辑备注' }).click()
  const sheet = sidebar.getByRole('dialog', { name: '备注' })
  await sheet.getByRole('textbox', { name: '称呼' }).fill('王姐')
  await sheet.getByRole('button', { name: '保存' }).click()
  await sidebar.locator('dd', { hasText: '王姐' }).waitFor()
  await expect.poll(() => relationOf(simulator)?.remark).toBe('王姐')

  await sidebar.getByRole('button', { name: '编辑备注' }).click()
  await sheet.getByRole('textbox', { name: '称呼' }).fill('安娜')
  simulator.setDelivery({ drop: 1 })
  await simulator.editRemark({ ...PAIR, remark: '王女士' })
  await sheet.getByRole('button', { name: '保存' }).click()
  await sheet.getByRole('alert').getByText('企业微信里刚刚改过').waitFor()
  await expect.poll(() => sheet.getByRole('textbox', { name: '称呼' }).inputValue()).toBe('王女士')
  expect(relationOf(simulator)?.remark).toBe('王女士')
}, 180_000)
