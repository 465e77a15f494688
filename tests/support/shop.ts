import { keepCustomerNews } from '@zhanggui/server/customers/customers.repository.ts'
import { expect } from 'vitest'
import type { TestApp } from './app.ts'
import { TILL_KEY } from './env.ts'

/** Puts records through the open API; any rejection fails the test. */
export async function put(t: Pick<TestApp, 'app'>, what: string, records: object[]): Promise<void> {
  const answer = await t.app.inject({
    method: 'PUT',
    url: `/open/v1/${what}`,
    headers: { authorization: `Bearer ${TILL_KEY}` },
    payload: records,
  })
  expect(answer.json()).toMatchObject({ rejected: [] })
}

/** Two counters: 林晓 and manager 周敏 at one, 陈晨 at the other. */
export async function openShop(t: TestApp): Promise<void> {
  await put(t, 'stores', [
    { storeId: 'pandora', name: '万象城潘多拉专柜', kind: 'counter' },
    { storeId: 'lancome', name: '万象城兰蔻专柜', kind: 'counter' },
  ])
  await put(t, 'guides', [
    { userId: 'LinXiao', storeId: 'pandora' },
    { userId: 'ZhouMin', storeId: 'pandora', role: 'manager' },
    { userId: 'ChenChen', storeId: 'lancome' },
  ])
  const names = { LinXiao: '林晓', ZhouMin: '周敏', ChenChen: '陈晨' }
  for (const [userId, name] of Object.entries(names))
    await t.db.updateTable('guide').set({ name }).where('userId', '=', userId).execute()
}

/** A customer and a guide become friends. */
export async function befriend(
  t: TestApp,
  { guideUserId = 'LinXiao', externalUserId = 'wmAnna', name = '安娜', unionId = null as string | null } = {},
): Promise<void> {
  const startedAt = new Date(t.clock.now().getTime() - 60_000)
  await keepCustomerNews(t.db, {
    externalUserId,
    heardAt: t.clock.now(),
    mirrored: {
      name,
      type: 1,
      gender: 2,
      avatar: null,
      unionId,
      corpName: null,
      relations: [
        {
          guideUserId,
          startedAt,
          remark: null,
          description: null,
          addWay: 1,
          channelState: null,
          company: null,
          phones: { hashes: [], sealed: null },
          operUserId: guideUserId,
          tags: [],
        },
      ],
    },
  })
}

export async function unfriend(t: TestApp, { guideUserId = 'LinXiao', externalUserId = 'wmAnna' } = {}): Promise<void> {
  const at = t.clock.now()
  await keepCustomerNews(t.db, {
    externalUserId,
    change: { guideUserId, what: 'ended', at, endedBy: 'customer' },
    heardAt: at,
  })
}

export function couponTemplate(overrides: object = {}): object {
  return {
    couponId: 'save100',
    title: '满 999 减 100',
    kind: 'amount',
    value: 10_000,
    minimumSpend: 99_900,
    validFrom: '2026-09-01T00:00:00+08:00',
    validTo: '2027-01-01T00:00:00+08:00',
    stock: 50,
    ...overrides,
  }
}

export function product(overrides: object = {}): object {
  return { productId: 'swan', name: '天鹅项链', price: 89_900, brand: '潘多拉', category: '项链', ...overrides }
}
