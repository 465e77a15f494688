import { AxeBuilder } from '@axe-core/playwright'
import type { GroupMember } from '@zhanggui/shared/group.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { groupCard, groupMembers, OLD_FRIENDS } from './group-samples.ts'
import { type Mock, startMock } from './mock-server.ts'
import { ANDROID_DARK, type Opening, openSidebar, turnTo } from './open-sidebar.ts'
import { ANNA, annaCard, NEWCOMER, newcomerCard } from './samples.ts'
import { atRest, collectMistakes, gate, watchFrames } from './watch-page.ts'

const chromium = useChromium()
const CARD = `/api/groups/${OLD_FRIENDS}`
const MEMBERS = `${CARD}/members`

async function start(): Promise<Mock> {
  const mock = await startMock()
  mock.world.customers.set(ANNA, annaCard())
  mock.world.customers.set(NEWCOMER, newcomerCard())
  mock.world.groups.set(OLD_FRIENDS, { card: groupCard(), members: groupMembers() })
  return mock
}

function openGroup(mock: Mock, opening: Opening = {}): Promise<Page> {
  return openSidebar(chromium(), mock, {
    ...opening,
    mood: { entry: 'group_chat_tools', chatId: OLD_FRIENDS, contact: '', ...opening.mood },
  })
}

test('in a group chat the sidebar opens on 群 and says what a guide wants to know first', async () => {
  await using mock = await start()
  const page = await openGroup(mock)
  await page.getByRole('heading', { name: '万象城老友群' }).waitFor()
  await page.getByRole('tab', { name: '群', selected: true }).waitFor()
  expect(await page.getByRole('tab').count()).toBe(1)
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  const text = await page.locator('.panel').textContent()
  for (const words of [
    '群主 我 · 建群 420 天',
    '128',
    '进 3 退 1',
    '进 12 退 4',
    '¥18,461',
    '每周三会员日双倍积分',
    '¥18,460.50',
    '8 位群友,13 单',
    '王姐,国金公寓 · 今天扫码进群',
    '昨天由林晓邀请进群',
    '金卡',
  ])
    expect(text).toContain(words)
})

test('a member who is my customer opens into the card, and 回到群 leads back to the same place', async () => {
  await using mock = await start()
  const page = await openGroup(mock, { height: 480, clock: true })
  // What was read does not grow old while this test looks at other things.
  await page.clock.setFixedTime(Date.now())
  await page.getByRole('button', { name: /陈屿/ }).scrollIntoViewIfNeeded()
  await atRest(page)
  const before = await page.locator('.scroller').evaluate((element) => element.scrollTop)
  expect(before).toBeGreaterThan(0)
  await page.getByRole('button', { name: /陈屿/ }).click()
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  await page.getByRole('tab', { name: '客户', selected: true }).waitFor()
  await expect.poll(() => page.getByRole('tab').allTextContents()).toEqual(['群', '客户', '消费', '优惠券', '商品'])

  // Nothing meant for one customer may be sent into the group.
  await page.getByRole('tab', { name: '优惠券' }).click()
  await expect.poll(() => page.getByRole('button', { name: '发送生日月礼券' }).isDisabled()).toBe(true)
  await page.getByText('要发送,请回到和 TA 的聊天里打开').waitFor()

  await page.getByRole('button', { name: '回到群' }).click()
  await page.getByRole('button', { name: /陈屿/ }).waitFor()
  await expect.poll(() => page.locator('.scroller').evaluate((element) => element.scrollTop)).toBe(before)
  await page.getByRole('button', { name: /安娜王/ }).click()
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.getByRole('tab', { name: '群' }).click()
  await page.getByRole('heading', { name: '万象城老友群' }).waitFor()
  expect(mock.requests('GET', MEMBERS)).toHaveLength(1)
})

test('a long list comes as it is scrolled to', async () => {
  await using mock = await start()
  const page = await openGroup(mock)
  await page.getByRole('button', { name: '没人加 120' }).click()
  await page.getByText('群友0', { exact: true }).waitFor()
  expect(await page.getByText('群友119', { exact: true }).count()).toBe(0)
  await expect
    .poll(async () => {
      await page.locator('.scroller').evaluate((element) => element.scrollTo(0, element.scrollHeight))
      return page.getByText('群友119', { exact: true }).count()
    })
    .toBe(1)
  expect(mock.requests('GET', MEMBERS).map(({ path }) => path.split('?')[1])).toEqual([
    'standing=mine',
    'standing=strangers',
    'standing=strangers&cursor=50',
    'standing=strangers&cursor=100',
  ])
  // Those nobody has befriended have no card to open.
  expect(await page.getByRole('button', { name: /群友\d/ }).count()).toBe(0)
})

test('a newcomer without a name yet gets it without being asked', async () => {
  await using mock = await start()
  const joinedAt = new Date().toISOString()
  const newcomer = { memberId: 'wmJUSTNOW', joinedAt, scene: 'qr' as const, opens: false }
  const members: Record<string, GroupMember[]> = { ...groupMembers(), strangers: [newcomer] }
  mock.world.groups.set(OLD_FRIENDS, { card: groupCard(), members })
  const page = await openGroup(mock, { clock: true })
  await page.getByRole('button', { name: '没人加' }).click()
  await page.getByText('新群友').waitFor()
  members.strangers = [{ ...newcomer, name: '刚来的' }]
  await page.clock.runFor(4100)
  await page.getByText('刚来的').waitFor()
})

test('a further page that does not come can be asked for again', async () => {
  await using mock = await start()
  mock.answers.set(`GET ${MEMBERS}`, ({ path }) =>
    path.includes('cursor') ? { status: 503, body: { code: 'unavailable' } } : {},
  )
  const page = await openGroup(mock)
  await page.getByRole('button', { name: '没人加 120' }).click()
  await page.getByText('群友49', { exact: true }).scrollIntoViewIfNeeded()
  const again = page.getByRole('button', { name: '没有取到,再试一次' })
  await again.waitFor()
  mock.answers.clear()
  await again.click()
  await page.getByText('群友50', { exact: true }).waitFor()
})

test('waiting is a still skeleton, of the group and of its people', async () => {
  await using mock = await start()
  const card = gate()
  const members = gate()
  mock.answers.set(`GET ${CARD}`, () => ({ after: card.after }))
  mock.answers.set(`GET ${MEMBERS}`, () => ({ after: members.after }))
  const page = await openGroup(mock)
  await page.getByRole('tab', { name: '群', selected: true }).waitFor()
  await page.getByRole('tabpanel').locator('.bone').first().waitFor()
  card.open()
  await page.getByRole('heading', { name: '万象城老友群' }).waitFor()
  await page.getByRole('tabpanel').locator('.bone').first().waitFor()
  members.open()
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  expect(await page.locator('.bone').count()).toBe(0)
})

test('what is empty says why, and what to do', async () => {
  await using mock = await start()
  const nothing = { orders: 0, buyers: 0, amount: 0 }
  const card = groupCard({
    sales: nothing,
    today: { joined: 0, left: 0 },
    counts: { mine: 0, colleagues: 0, strangers: 6, guides: 1 },
  })
  mock.world.groups.set(OLD_FRIENDS, { card: { ...card, name: undefined, notice: undefined }, members: {} })
  const page = await openGroup(mock)
  await page.getByRole('heading', { name: '未命名的群' }).waitFor()
  await page.getByText('群里还没有你的客户').waitFor()
  await page.getByText('点“没人加”,先从他们加起').waitFor()
  await page.getByText('群友还没有在群里下过单').waitFor()
  expect(await page.getByText('群公告').count()).toBe(0)
  await page.getByRole('button', { name: '没人加 6' }).click()
  await page.getByText('群友都有导购了').waitFor()
})

test('a failure says what happened, and 重试 brings it', async () => {
  await using mock = await start()
  mock.answers.set(`GET ${CARD}`, () => ({ status: 503, body: { code: 'unavailable' } }))
  const page = await openGroup(mock)
  await page.getByRole('alert').getByText('服务正忙').waitFor()
  mock.answers.clear()
  await page.getByRole('button', { name: '重试' }).click()
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
})

test('a group this guide may not see is not shown, and that is said', async () => {
  await using mock = await start()
  const page = await openGroup(mock, { mood: { chatId: 'wrSOMEBODYELSES00001' } })
  await page.getByText('看不到这个群').waitFor()
})

test('a group that is over says so', async () => {
  await using mock = await start()
  const endedAt = new Date().toISOString()
  mock.world.groups.set(OLD_FRIENDS, { card: groupCard({ endedAt, endedHow: 'dismissed' }), members: {} })
  const page = await openGroup(mock)
  await page.getByText('群主 我 · 群已解散').waitFor()
})

test('turning from the group to a customer and back never shows the other for a frame', async () => {
  await using mock = await start()
  const page = await openGroup(mock)
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  await page.evaluate((id) => {
    window.client.entry = 'single_chat_tools'
    window.client.contact = id
    window.client.contactDelay = 200
    dispatchEvent(new Event('focus'))
  }, NEWCOMER)
  const seen = await watchFrames(page, '安娜王')
  await page.getByRole('heading', { name: '陈屿' }).waitFor()
  expect(await seen()).toBe(0)
  await expect.poll(() => page.getByRole('tab').allTextContents()).toEqual(['客户', '消费', '优惠券', '商品'])

  await page.evaluate(() => {
    window.client.entry = 'group_chat_tools'
  })
  await turnTo(page, '')
  await page.getByRole('tab', { name: '群', selected: true }).waitFor()
  await page.getByRole('heading', { name: '万象城老友群' }).waitFor()
})

test('a card opened from the group stays when the guide comes back, and goes with the group', async () => {
  await using mock = await start()
  mock.world.groups.set('wrOTHER', {
    card: groupCard({ chatId: 'wrOTHER', name: '护肤课堂' }),
    members: groupMembers(),
  })
  const page = await openGroup(mock)
  await page.getByRole('button', { name: /安娜王/ }).click()
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await turnTo(page, '')
  await page.getByRole('heading', { name: '安娜王' }).waitFor()
  await page.evaluate(() => {
    window.client.chatId = 'wrOTHER'
  })
  await turnTo(page, '')
  await page.getByRole('heading', { name: '护肤课堂' }).waitFor()
})

test('the group asks for nothing twice, and nothing goes wrong unseen', async () => {
  await using mock = await start()
  const page = await openGroup(mock)
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  const mistakes = collectMistakes(page)
  await page.reload()
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  expect(mistakes).toEqual([])
  expect(mock.requests('GET', CARD).filter(({ path }) => path === CARD)).toHaveLength(2)
})

test.for([300, 360, 390] as const)('at %i px the group fits, and everything pressed is 44 px', async (width) => {
  await using mock = await start()
  const page = await openGroup(mock, { width })
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  await atRest(page)
  expect(await page.locator('.scroller').evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBe(0)
  const small = await page.locator('button').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        button.scrollIntoView({ block: 'center' })
        const { left, width: wide, top, height } = button.getBoundingClientRect()
        const middle = top + height / 2
        const hits = (y: number) => document.elementFromPoint(left + wide / 2, y)?.closest('button') === button
        return !hits(middle - 21) || !hits(middle + 21)
      })
      .map((button) => button.textContent),
  )
  expect(small).toEqual([])
})

test.for(['light', 'dark'] as const)('the group is free of serious accessibility faults when %s', async (scheme) => {
  await using mock = await start()
  const dark = scheme === 'dark' ? { userAgent: ANDROID_DARK } : {}
  const page = await openGroup(mock, { ...dark, width: 300, height: 1200 })
  await page.getByRole('button', { name: /安娜王/ }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: '导购 2' }).click()
  await page.getByText('管理员').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

async function seriousFaults(page: Page): Promise<string[]> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
