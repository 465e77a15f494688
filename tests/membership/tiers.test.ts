import { expect, test } from 'vitest'
import { makeLine } from '../open-api/records.ts'
import { befriend } from '../support/shop.ts'
import { anna, gold, openMembership, silver } from './member-story.ts'

test('reached at once with its numbers, and lost at the end of a month and its grace, not before', async () => {
  await using story = await openMembership({ now: new Date('2026-06-10T10:00:00+08:00') })
  await story.send('tiers', [silver, gold])
  await story.send('members', [anna])
  await story.work()
  expect(await story.tier()).toBeUndefined()
  await story.buy('o1', 100_000)
  expect(await story.tier()).toBe('silver')
  expect((await story.card()).benefits).toMatchObject({ next: { name: '金卡', missing: 400_000 } })
  await story.buy('o2', 450_000)
  expect(await story.moves()).toEqual([
    {
      at: '2026-06-10T02:00:00.000Z',
      from: 'silver',
      to: 'gold',
      cause: 'reached',
      basis: 'rolling_3_months',
      spend: 550_000,
      threshold: 500_000,
    },
    expect.objectContaining({ to: 'silver', cause: 'reached', basis: 'lifetime', spend: 100_000, threshold: 100_000 }),
  ])
  expect(await story.card()).toMatchObject({
    member: { tier: '金卡' },
    benefits: { tier: { name: '金卡', source: 'rules', since: '2026-06-10T02:00:00.000Z' } },
  })
  const seen: string[] = []
  for (const time of ['07-01T00:00', '09-11T00:00', '10-01T00:00', '10-07T23:59', '10-08T00:00']) {
    await story.at(`2026-${time}:00`)
    seen.push((await story.tier()) ?? '')
  }
  expect(seen).toEqual(['gold', 'gold', 'gold', 'gold', 'silver'])
  expect((await story.moves())[0]).toMatchObject({
    from: 'gold',
    to: 'silver',
    cause: 'lapsed',
    at: '2026-10-07T16:00:00.000Z',
  })
})

test('a refund lowers what was spent, whenever it is heard of; nothing is lost before the month is over', async () => {
  await using story = await openMembership({ now: new Date('2026-09-10T10:00:00+08:00') })
  await story.send('tiers', [silver, { ...gold, graceDays: 0 }])
  await story.send('members', [anna])
  await story.refund('r1', 300_000, { orderId: 'o1' })
  await story.buy('o1', 450_000)
  expect(await story.tier()).toBe('silver')
  expect((await story.card()).benefits).toMatchObject({ next: { missing: 350_000 } })
  await story.buy('o2', 350_000)
  expect(await story.tier()).toBe('gold')
  await story.refund('r2', 350_000, { orderId: 'o2' })
  expect(await story.tier()).toBe('gold')
  await story.refund('r3', 60_000, { customer: { memberNo: 'm1' } })
  await story.at('2026-09-30T23:59:00')
  expect(await story.tier()).toBe('gold')
  await story.at('2026-10-01T00:00:00')
  // 450 000 − 300 000 − 60 000 is below silver as well.
  expect(await story.tier()).toBeUndefined()
  expect((await story.moves()).map(({ from, to, cause }) => [from, to, cause])).toEqual([
    ['gold', undefined, 'lapsed'],
    ['silver', 'gold', 'reached'],
    [undefined, 'silver', 'reached'],
  ])
})

test('thresholds of a brand and of a group of stores, to the fen', async () => {
  await using story = await openMembership()
  const thresholds = [
    { brand: '潘多拉', threshold: 60_001 },
    { storeIds: ['lancome'], threshold: 80_000 },
  ]
  await story.send('tiers', [{ ...gold, threshold: 1_000_000, thresholds }])
  await story.send('products', [
    { productId: 'swan', name: '天鹅项链', price: 1, brand: '潘多拉' },
    { productId: 'lip', name: '唇釉', price: 1, brand: '兰蔻' },
  ])
  await story.send('members', [anna, { memberNo: 'm2', externalUserId: 'wmBella' }])
  const lines = [makeLine({ productId: 'swan', amount: 2 }), makeLine({ productId: 'lip', amount: 1 })]
  // Two thirds of what was paid are the brand's: 60 000 and two thirds of a fen.
  await story.buy('o1', 0, { paidAmount: 90_001, lines })
  expect(await story.tier()).toBeUndefined()
  expect((await story.card()).benefits?.next).toEqual({ name: '金卡', missing: 1, brand: '潘多拉' })
  await story.buy('o2', 1, { lines: [makeLine({ productId: 'swan', amount: 1 })] })
  expect((await story.moves())[0]).toMatchObject({ to: 'gold', brand: '潘多拉', spend: 60_001, threshold: 60_001 })
  await story.buy('o3', 80_000, { storeId: 'lancome', customer: { memberNo: 'm2' } })
  expect((await story.moves('wmBella'))[0]).toMatchObject({ to: 'gold', storeIds: ['lancome'], spend: 80_000 })
})

test('the CRM’s tier stands as long as its record names one; from then on the rules go on from there', async () => {
  await using story = await openMembership({ now: new Date('2026-09-10T10:00:00+08:00') })
  await story.send('tiers', [silver, { ...gold, graceDays: 0 }])
  await story.send('members', [{ ...anna, tier: '金卡', points: 1280, storedValue: 5000 }])
  await story.work()
  await story.buy('o1', 120_000)
  await story.at('2026-12-01T00:00:00')
  // As the CRM calls it.
  expect(await story.tier()).toBe('金卡')
  expect((await story.card()).benefits?.tier).toMatchObject({ name: '金卡', source: 'crm' })
  await story.send('members', [{ ...anna, points: 1280, storedValue: 5000 }])
  await story.work()
  expect(await story.tier()).toBe('gold')
  await story.at('2027-01-01T00:00:00')
  expect(await story.tier()).toBe('silver')
  await story.send('members', [{ ...anna, tier: '黑钻' }])
  await story.work()
  expect((await story.card()).member).toMatchObject({ tier: '黑钻' })
  expect((await story.card()).benefits?.next).toBeUndefined()
  expect((await story.moves()).map(({ from, to, cause }) => [from, to, cause])).toEqual([
    ['silver', '黑钻', 'told'],
    ['gold', 'silver', 'lapsed'],
    [undefined, 'gold', 'told'],
  ])
})

test('an identity that appears late, tiers set late and a card that moves: each has what is theirs', async () => {
  await using story = await openMembership()
  await story.send('members', [{ memberNo: 'm1', unionId: 'union-bella' }])
  await story.buy('o1', 100_000)
  await story.send('tiers', [silver])
  await story.work()
  expect(await story.tier('wmBella')).toBeUndefined()
  await befriend(story.t, { externalUserId: 'wmBella', name: '贝拉', unionId: 'union-bella' })
  await story.run()
  expect(await story.tier('wmBella')).toBe('silver')
  await story.send('members', [{ memberNo: 'm1', externalUserId: 'wmAnna' }])
  await story.run()
  expect([await story.tier('wmAnna'), await story.tier('wmBella')]).toEqual(['silver', undefined])
  expect((await story.moves('wmBella')).map(({ cause }) => cause)).toEqual(['left', 'reached'])
  await expect(story.db.deleteFrom('tierMove').execute()).rejects.toThrow('only ever added to')
})

test('tiers and benefits that cannot be, record by record', async () => {
  await using story = await openMembership()
  await story.send('coupons', [
    {
      couponId: 'tied',
      title: '满减',
      kind: 'amount',
      value: 5000,
      minimumSpend: 1,
      validFrom: '2026-01-01T00:00:00+08:00',
      validTo: '2027-01-01T00:00:00+08:00',
    },
  ])
  expect(
    await story.api.put('tiers', [
      silver,
      { ...gold, thresholds: [{ threshold: 1 }] },
      { ...gold, monthlyCouponId: 'tied' },
      { ...gold, rank: 1 },
      { ...gold, basis: 'yearly' },
      { ...gold, level: 3 },
    ]),
  ).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 1, id: 'gold', code: 'invalid_field', detail: '/thresholds/0 must have either brand or storeIds' },
      { index: 2, id: 'gold', code: 'coupon_not_suitable' },
      { index: 3, id: 'gold', code: 'tier_rank_taken' },
      { index: 4, id: 'gold', code: 'invalid_field' },
      { index: 5, id: 'gold', code: 'unknown_field' },
    ],
  })
  await story.send('tiers', [gold])
  const swapped = [
    { ...silver, rank: 2 },
    { ...gold, rank: 1 },
  ]
  expect(await story.api.put('tiers', swapped)).toMatchObject({ accepted: 2, rejected: [] })
  expect(await story.api.put('tiers', swapped)).toMatchObject({ accepted: 0, unchanged: 2 })
  expect(
    await story.api.put('member-benefits', [
      { benefitId: 'gift', kind: 'monthly_gift', name: '到店礼' },
      { benefitId: 'gift', kind: 'monthly_gift', name: '到店礼', couponId: 'c', weekdays: [1] },
      { benefitId: 'day', kind: 'member_day', name: '会员日' },
      { benefitId: 'day', kind: 'member_day', name: '会员日', weekdays: [8] },
      { benefitId: 'day', kind: 'member_day', name: '会员日', monthDays: [8] },
    ]),
  ).toMatchObject({
    accepted: 1,
    rejected: [
      { code: 'missing_field' },
      { code: 'invalid_field' },
      { code: 'missing_field' },
      { code: 'invalid_field' },
    ],
  })
})
