import { webcrypto } from 'node:crypto'
import { forgetTries, nextTry } from '@zhanggui/sidebar-web/api/sign-in-guard.ts'
import { tabFromUrl } from '@zhanggui/sidebar-web/chat/tabs.ts'
import { faceValue, thresholdWords } from '@zhanggui/sidebar-web/coupons/coupon-words.ts'
import { expectsNews, memberBadge, relationLine, speakOf } from '@zhanggui/sidebar-web/customer/customer-words.ts'
import { groupTags } from '@zhanggui/sidebar-web/customer/tag-groups.ts'
import { welcomeWords } from '@zhanggui/sidebar-web/customer/welcome-words.ts'
import { makeMemory } from '@zhanggui/sidebar-web/loading/memory.ts'
import { habitWords, purchaseTitle } from '@zhanggui/sidebar-web/purchases/purchase-words.ts'
import { makeRequestId } from '@zhanggui/sidebar-web/sharing/request-id.ts'
import { handedOverWords } from '@zhanggui/sidebar-web/sharing/send-words.ts'
import { isDark } from '@zhanggui/sidebar-web/theme/color-scheme.ts'
import { expect, test, vi } from 'vitest'
import { ANDROID_DARK, DESKTOP } from './open-sidebar.ts'
import { ago, annaCard, newcomerCard } from './samples.ts'

const now = Date.now()
const HOUR = 3_600_000

test('signing in is tried twice a minute, then a person decides', () => {
  const first = nextTry('other=1', now) ?? ''
  const second = nextTry(`other=1; ${first.split(';')[0]}`, now + 1000) ?? ''
  expect(nextTry(second.split(';')[0] ?? '', now + 2000)).toBeUndefined()
  expect(nextTry(second.split(';')[0] ?? '', now + 60_500)).toBeDefined()
  expect(nextTry(forgetTries.split(';')[0] ?? '', now + 2000)).toBeDefined()
})

test('a toolbar page may open on a tab of its own', () => {
  expect(tabFromUrl('?tab=orders')).toBe('orders')
  expect(tabFromUrl('?tab=nonsense')).toBe('customer')
})

test('the badge says how far a customer has come', () => {
  const badge = (state?: 'invited' | 'opened' | 'enrolled') =>
    memberBadge(newcomerCard({ invitation: state && { state, invitedAt: ago(0) } })).text
  expect(badge()).toBe('未入会')
  expect(badge('invited')).toBe('邀请中')
  expect(badge('opened')).toBe('已打开邀请')
  expect(badge('enrolled')).toBe('刚入会')
  expect(memberBadge(annaCard())).toEqual({ text: '金卡', member: true })
})

test('the relation is told in one line', () => {
  expect(relationLine(annaCard(), now)).toBe('我的客户 · 扫码添加 · 好友 214 天')
  const ended = {
    ...annaCard().relation,
    isMine: false,
    guideName: '周敏',
    endedAt: ago(0),
    endedBy: 'customer' as const,
  }
  const { userId = '', addWay = '', startedAt = '' } = ended
  const owner = { userId: 'zhoumin', name: '周敏', isMe: false }
  expect(relationLine(annaCard({ owner, relation: { ...ended, userId, addWay, startedAt } }), now)).toBe(
    '归属 周敏 · 今天对方已删除',
  )
  expect(relationLine(annaCard({ owner }), now)).toBe('归属 周敏 · 扫码添加 · 好友 214 天')
})

test('a card waits for news only while something may come of it', () => {
  expect(expectsNews(newcomerCard(), now)).toBe(true)
  expect(expectsNews(annaCard(), now)).toBe(false)
  const relation = { userId: 'x', isMine: true, addWay: '扫码添加', startedAt: ago(5 * HOUR) }
  expect(expectsNews(newcomerCard({ relation, invitation: undefined }), now)).toBe(false)
  expect(expectsNews(newcomerCard({ relation, invitation: undefined, name: undefined }), now)).toBe(true)
})

test('a customer is spoken of as her, him, or TA between spaces', () => {
  expect(speakOf({ gender: 'female' }, '为{}推荐')).toBe('为她推荐')
  expect(speakOf({ gender: 'male' }, '{}持有的')).toBe('他持有的')
  expect(speakOf({}, '送{},下次来店,{}会记得')).toBe('送 TA,下次来店,TA 会记得')
  expect(speakOf(undefined, '{}持有的')).toBe('TA 持有的')
})

test('tags stand by group, those without one last', () => {
  const tag = (name: string, group?: string) => ({ name, group, source: 'wecom' as const })
  const groups = groupTags([tag('常送礼'), tag('银色', '喜好'), tag('上海', '地区'), tag('项链', '喜好')])
  expect(groups.map(({ name, tags }) => [name, ...tags.map((one) => one.name)])).toEqual([
    ['喜好', '银色', '项链'],
    ['地区', '上海'],
    [undefined, '常送礼'],
  ])
})

test('a welcome tells how long it took, or why it did not arrive', () => {
  expect(welcomeWords({ outcome: 'sent', at: ago(0), latencyMs: 412 })).toEqual({
    good: true,
    text: '欢迎语已送达 · 0.4 秒',
  })
  expect(welcomeWords({ outcome: 'failed', at: ago(0), reason: '企业微信当时太忙' })).toMatchObject({
    good: false,
    why: '企业微信当时太忙',
  })
})

test.for([
  [{ kind: 'amount', value: 10_000, minimumSpend: 99_900 }, '¥100', '满 999'],
  [{ kind: 'percent', value: 15, minimumSpend: 0 }, '8.5折', '无门槛'],
  [{ kind: 'percent', value: 20, minimumSpend: 0 }, '8折', '无门槛'],
  [{ kind: 'gift', value: 9900, minimumSpend: 0 }, '礼品', '无门槛'],
] as const)('%o shows as %s %s', ([coupon, face, threshold]) => {
  expect(faceValue(coupon)).toBe(face)
  expect(thresholdWords(coupon)).toBe(threshold)
})

test('habits are short phrases', () => {
  const spend = { from: 80_000, to: 160_000 }
  expect(habitWords({ unitsPerOrder: 1.77, intervalDays: 40, usualSpend: spend })).toEqual([
    '连带 1.8 件',
    '复购约 40 天',
    '常买 ¥800–1,600',
  ])
})

test('an order is named by its first line', () => {
  const line = { productId: 'p', name: '天鹅项链', quantity: 1, amount: 1 }
  const order = { orderId: 'o', channel: 'store' as const, placedAt: ago(0), paidAmount: 1 }
  expect(purchaseTitle({ ...order, lines: [line] })).toBe('天鹅项链')
  expect(purchaseTitle({ ...order, lines: [line, { ...line, quantity: 2 }] })).toBe('天鹅项链 等 3 件')
})

test('what is remembered is bounded, the longest unused goes first', () => {
  const memory = makeMemory<number>(2)
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['a', 3],
    ['c', 4],
  ] as const)
    memory.keep(key, { value, at: value })
  expect([memory.recall('a')?.value, memory.recall('b'), memory.recall('c')?.value]).toEqual([3, undefined, 4])
})

test('an old web view makes valid request ids too', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  expect(makeRequestId()).toMatch(uuid)
  const { getRandomValues } = webcrypto
  vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(webcrypto) })
  try {
    for (let round = 0; round < 200; round++) expect(makeRequestId()).toMatch(uuid)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('where the card lies now depends on the device', () => {
  expect(handedOverWords(DESKTOP)).toBe('已放进聊天框,按发送即可')
  expect(handedOverWords(ANDROID_DARK)).toBe('已交给企业微信')
})

test('dark is what the device prefers or what its user agent says', () => {
  expect(isDark(ANDROID_DARK, false)).toBe(true)
  expect(isDark(DESKTOP, true)).toBe(true)
  expect(isDark(DESKTOP, false)).toBe(false)
})
