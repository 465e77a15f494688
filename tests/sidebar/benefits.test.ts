import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import { gapWords, upgradeWords } from '@zhanggui/sidebar-web/customer/customer-words.ts'
import { expect, test } from 'vitest'
import { useChromium } from './chromium-suite.ts'
import { startMock } from './mock-server.ts'
import { openSidebar } from './open-sidebar.ts'
import { ANNA, annaCard } from './samples.ts'

const chromium = useChromium()

const benefits: NonNullable<CustomerCard['benefits']> = {
  tier: { name: '金卡', source: 'rules' },
  next: { name: '铂金', missing: 128_000 },
  gift: { name: '到店礼', state: 'held' },
  memberDay: { name: '会员日', day: '2027-01-08' },
}

test('what is missing to the next tier, in a guide’s words', () => {
  expect(gapWords(annaCard({ benefits }))).toBe('差 ¥1,280 升铂金')
  expect(gapWords(annaCard())).toBe('')
  expect(upgradeWords({ name: '铂金', missing: 128_050 })).toBe('再消费 ¥1,280.50 升铂金')
  expect(upgradeWords({ name: '铂金', missing: 100, brand: '潘多拉' })).toBe('再买潘多拉 ¥1 升铂金')
  expect(upgradeWords({ name: '铂金', missing: 100, inStores: true })).toBe('在指定门店再消费 ¥1 升铂金')
})

test('a member’s benefits stand on the card: the way up, this month’s gift, the member day, points with their source', async () => {
  await using mock = await startMock()
  mock.world.customers.set(ANNA, annaCard({ benefits }))
  const page = await openSidebar(chromium(), mock)
  await page.getByText('金卡 · 差 ¥1,280 升铂金').waitFor()
  const section = page.locator('section').filter({ hasText: '权益' })
  await section.getByText('再消费 ¥1,280 升铂金').waitFor()
  await section.getByText('现在是金卡').waitFor()
  await section.getByText('本月礼 到店礼').waitFor()
  await section.getByText('待领', { exact: true }).waitFor()
  await section.getByText('会员日').waitFor()
  await page.getByText('来自会员系统,10 分钟前').waitFor()
  const [width = 0, room = 0] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth]
  })
  expect(width).toBeLessThanOrEqual(room)
})
