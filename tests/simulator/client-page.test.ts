import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { openStage } from './stage.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

describe('the unmodified SDK in the sidebar', () => {
  test('signs in, is configured and learns whose chat it is', async () => {
    await using stage = await openStage(browser)
    await stage.sidebar.getByText('配置 agentConfig:ok').waitFor()
    await stage.sidebar.getByText('顾客 single_chat_tools wmAnna').waitFor()
    await stage.sidebar.getByText('导购 LinXiao').waitFor()
  })

  test('is refused with a signature for another URL', async () => {
    await using stage = await openStage(browser)
    stage.product.signWrongly()
    await stage.page.getByRole('button', { name: '重新加载侧边栏' }).click()
    await stage.sidebar.getByText(/配置 agentConfig:invalid signature.*e=40093/).waitFor()
  })

  test('works with a bridge that comes late, and with a client that needs the corp configured first', async () => {
    await using stage = await openStage(browser)
    await fetch(`${stage.simulator.url}/simulator/api/client/settings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lateInjection: true, clientVersion: '3.0.20' }),
    })
    await stage.page.reload()
    await stage.sidebar.getByText('配置 agentConfig:ok').waitFor()
    await stage.sidebar.getByText('顾客 getContext:functionnotexist').waitFor()
  })

  test('what it shares waits in the input box until the guide sends it, then both chats show it', async () => {
    await using stage = await openStage(browser)
    const { guide, phone, sidebar, simulator } = stage
    await sidebar.getByText('配置 agentConfig:ok').waitFor()
    await sidebar.getByRole('button', { name: '发文字' }).click()
    await sidebar.getByText('结果 sendChatMessage:ok').waitFor()
    await sidebar.getByRole('button', { name: '发文字' }).click()
    await sidebar.getByRole('button', { name: '发卡片' }).click()
    await guide.getByRole('list', { name: '等待发送的内容' }).getByText('满 199 减 20').waitFor()
    expect(await guide.getByLabel('输入消息').inputValue()).toBe('给您留了一张券。给您留了一张券。')
    expect(simulator.messages('LinXiao', 'wmAnna')).toEqual([])

    await guide.getByRole('button', { name: '发送', exact: true }).click()
    await guide.getByRole('log').getByText('满 199 减 20').waitFor()
    await phone.getByRole('log').getByText('满 199 减 20').waitFor()
    await phone.getByRole('log').getByText('给您留了一张券。给您留了一张券。').waitFor()
    expect(simulator.messages('LinXiao', 'wmAnna').map(({ kind, via }) => [kind, via])).toEqual([
      ['text', 'sidebar'],
      ['link', 'sidebar'],
    ])
  })

  test('a card without a picture is refused and reaches nobody', async () => {
    await using stage = await openStage(browser)
    await stage.sidebar.getByText('配置 agentConfig:ok').waitFor()
    await stage.sidebar.getByRole('button', { name: '发坏卡片' }).click()
    await stage.sidebar.getByText('结果 sendChatMessage:link or imgurl is invalid').waitFor()
    expect(await stage.guide.getByRole('list', { name: '等待发送的内容' }).count()).toBe(0)
  })

  test('on a phone a share asks first: 取消 sends nothing, 发送 sends at once', async () => {
    await using stage = await openStage(browser)
    const { guide, phone, sidebar, simulator, page } = stage
    await page.getByRole('button', { name: '手机上看' }).click()
    await guide.getByRole('button', { name: '掌柜' }).click()
    await sidebar.getByText('配置 agentConfig:ok').waitFor()
    await sidebar.getByRole('button', { name: '发卡片' }).click()
    const asked = page.getByRole('dialog', { name: '发送给 安娜王' })
    await asked.getByRole('button', { name: '取消' }).click()
    await sidebar.getByText('结果 sendChatMessage:cancel').waitFor()
    expect(simulator.messages('LinXiao', 'wmAnna')).toEqual([])

    await sidebar.getByRole('button', { name: '发卡片' }).click()
    await asked.getByRole('button', { name: '发送' }).click()
    await sidebar.getByText('结果 sendChatMessage:ok').waitFor()
    await phone.getByRole('log').getByText('满 199 减 20').waitFor()
  })

  test('follows the guide into another chat without being loaded again', async () => {
    await using stage = await openStage(browser)
    const { guide, sidebar, product } = stage
    await sidebar.getByText('顾客 single_chat_tools wmAnna').waitFor()
    const loaded = product.seen.length
    await guide.getByRole('button', { name: /老友群/ }).click()
    await sidebar.getByText('顾客 group_chat_tools wrOld').waitFor()
    expect(product.seen).toHaveLength(loaded)
  })

  test('another guide signs in anew: the session of the one before is gone', async () => {
    await using stage = await openStage(browser)
    await stage.sidebar.getByText('导购 LinXiao').waitFor()
    await stage.page.getByRole('button', { name: '换导购' }).click()
    await stage.page.getByRole('button', { name: '周敏 施家专柜' }).click()
    await stage.sidebar.getByText('导购 zhou').waitFor()
  })
})

describe("the customer's phone", () => {
  test('a new customer scans the code, and the chat opens on both sides', async () => {
    await using stage = await openStage(browser)
    await stage.page.getByRole('button', { name: '新顾客扫 林晓 的码' }).click()
    await stage.guide
      .getByRole('log')
      .getByText(/通过扫描二维码添加了你/)
      .waitFor()
    await stage.phone
      .getByRole('log')
      .getByText(/你已添加了林晓/)
      .waitFor()
  })

  test('a link opens full screen, and what leads out of the demo says so', async () => {
    await using stage = await openStage(browser)
    const { phone, page, simulator } = stage
    const { webviewOrigin } = await (await fetch(`${simulator.url}/simulator/api/client`)).json()
    const link = { kind: 'link', title: '开卡有礼', desc: '30 秒', url: `${webviewOrigin}/join/t1` } as const
    simulator.guideSends({ guide: 'LinXiao', chat: 'wmAnna', content: link, via: 'sidebar' })
    const shown = page.frameLocator('iframe[title="顾客打开的网页"]')
    await phone.getByRole('button', { name: '打开 开卡有礼' }).click()
    await shown.getByRole('heading', { name: '顾客页 /join/t1' }).waitFor()
    await phone.getByRole('button', { name: '关闭网页' }).click()
    await phone.getByRole('button', { name: '打开 开卡有礼' }).waitFor()

    const product = { ...link, title: '天鹅手链', url: `${webviewOrigin}/elsewhere` }
    simulator.guideSends({ guide: 'LinXiao', chat: 'wmAnna', content: product, via: 'sidebar' })
    await phone.getByText('天鹅手链').waitFor()
    await page.getByRole('button', { name: '顾客打开最近的链接' }).click()
    await shown.getByText('https://mall.example/p/1').waitFor()
  })

  test('a verification code arrives on top of the screen', async () => {
    await using stage = await openStage(browser)
    await stage.phone.getByText('林晓').first().waitFor()
    await fetch(stage.simulator.smsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '13800000001', code: '482913' }),
    })
    await stage.phone
      .getByRole('alert')
      .getByText(/482913/)
      .first()
      .waitFor()
  })

  test('what the customer types reaches the guide', async () => {
    await using stage = await openStage(browser)
    await stage.phone.getByLabel('顾客说').fill('周末有货吗')
    await stage.phone.getByRole('button', { name: '发送' }).click()
    await stage.guide.getByRole('log').getByText('周末有货吗').waitFor()
  })
})

describe('what else may happen', () => {
  test('a new customer scans a channel code chosen by its picture', async () => {
    await using stage = await openStage(browser)
    const { page, simulator, guide, cloud } = stage
    const way = { type: 1, scene: 2, user: ['LinXiao'], remark: '一楼海报', state: '海报', skip_verify: false }
    await cloud.call('externalcontact/add_contact_way', { body: way })
    await guide.getByRole('button', { name: /安娜王/ }).waitFor()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: /新顾客扫渠道码/ }).click()
    await page.getByRole('button', { name: /一楼海报 林晓/ }).click()
    await guide
      .getByRole('log')
      .getByText(/通过扫描二维码添加了你/)
      .waitFor()
    expect([...(simulator.world.relations.get('LinXiao')?.values() ?? [])].at(-1)).toMatchObject({
      channelState: '海报',
    })
  })

  test('the guide tags the customer in WeCom itself, and takes the tag away', async () => {
    await using stage = await openStage(browser)
    const { page, simulator, guide } = stage
    const marked = () => simulator.world.relations.get('LinXiao')?.get('wmAnna')?.tagIds
    await guide.locator('[aria-current]', { hasText: '安娜王' }).waitFor()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: /在企业微信里打标签/ }).click()
    await page.getByRole('button', { name: '重要', pressed: true }).click()
    await page.getByRole('button', { name: '重要', pressed: false }).waitFor()
    expect(marked()).toEqual([])
    await page.getByRole('button', { name: '重要', pressed: false }).click()
    await page.getByRole('button', { name: '重要', pressed: true }).waitFor()
    expect(marked()).toEqual(['etVip'])
  })

  test('somebody joins the group by its code and leaves again', async () => {
    await using stage = await openStage(browser)
    const { page, guide } = stage
    await guide.getByRole('button', { name: /老友群/ }).click()
    await guide.locator('[aria-current]', { hasText: '老友群' }).waitFor()
    for (const [happening, said] of [
      [/扫群码进群/, /扫码进群/],
      [/一位顾客退群/, /退群了/],
    ] as const) {
      await page.getByRole('button', { name: '更多' }).click()
      await page.getByRole('button', { name: happening }).click()
      await guide.getByRole('log').getByText(said).waitFor()
    }
  })

  test('a guide leaves the corp: somebody else sits down, and the one who left may come back', async () => {
    await using stage = await openStage(browser)
    const { page, sidebar, simulator, guide } = stage
    await sidebar.getByText('导购 LinXiao').waitFor()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: /林晓离职/ }).click()
    await page.getByRole('button', { name: /让林晓离职/ }).click()
    await sidebar.getByText('导购 zhou').waitFor()
    expect(simulator.world.departed.has('linxiao')).toBe(true)
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: /周敏离职/ }).click()
    await page.getByRole('button', { name: /让林晓回来/ }).click()
    await page.getByRole('button', { name: '换导购' }).click()
    await page.getByRole('button', { name: '林晓 施家专柜' }).click()
    await guide.getByRole('button', { name: /安娜王/ }).waitFor()
  })

  test('a handover that waits is settled by hand', async () => {
    await using stage = await openStage(browser)
    const { page, simulator, guide, cloud } = stage
    const pair = { handover_userid: 'LinXiao', takeover_userid: 'zhou' }
    await cloud.call('externalcontact/transfer_customer', { body: { ...pair, external_userid: ['wmAnna'] } })
    await guide.getByRole('button', { name: /安娜王/ }).waitFor()
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('button', { name: /林晓离职/ }).click()
    await page.getByText('林晓 → 周敏').waitFor()
    await page.getByRole('button', { name: '接替', exact: true }).click()
    await page.getByText('林晓 → 周敏').waitFor({ state: 'detached' })
    expect(simulator.world.transfers).toMatchObject([{ customer: 'wmAnna', status: 1 }])
  })
})
