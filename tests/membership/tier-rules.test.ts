import { type Benefit, dueBenefits, reviewAt } from '@zhanggui/server/tiers/due-benefits.ts'
import { earnedTier, gapAbove, type Spent, type Tier } from '@zhanggui/server/tiers/earned.ts'
import { judgeTier, type Standing } from '@zhanggui/server/tiers/judge-tier.ts'
import { nextDay } from '@zhanggui/server/tiers/recurrence.ts'
import { expect, test } from 'vitest'

const make = (tier: string, rank: number, threshold: number, over: Partial<Tier> = {}): Tier => ({
  tier,
  name: `${tier}卡`,
  rank,
  basis: 'current_month',
  threshold,
  thresholds: [],
  monthlyCouponId: null,
  graceDays: 7,
  ...over,
})
const tiers = [make('gold', 2, 500), make('silver', 1, 100)]

const spent = (now: number, closed = 0, over: Partial<Spent> = {}): Spent => ({
  brand: null,
  storeId: null,
  lifetime: { now, closed },
  rolling_3_months: { now, closed },
  current_month: { now, closed },
  ...over,
})

test.for([
  ['nothing spent', [], undefined],
  ['a fen below the lowest', [spent(99)], undefined],
  ['the lowest to the fen', [spent(100)], 'silver'],
  ['the highest, whatever is below it', [spent(600)], 'gold'],
  ['enough when the last month ended', [spent(0, 500)], 'gold'],
  ['parts of brands and stores add up', [spent(300, 0, { brand: 'A' }), spent(200, 0, { storeId: 's1' })], 'gold'],
  ['a refund takes away', [spent(520), spent(-30)], 'silver'],
] as const)('%s', ([, spending, tier]) => {
  expect(earnedTier(tiers, [...spending])?.tier.tier).toBe(tier)
})

test('a brand or a group of stores has a threshold of its own, and the nearest one is told', () => {
  const scoped = [
    make('gold', 2, 500, {
      thresholds: [
        { brand: '潘多拉', threshold: 200 },
        { storeIds: ['s1', 's2'], threshold: 400 },
      ],
    }),
  ]
  const ofBrand = (now: number) => spent(now, 0, { brand: '潘多拉' })
  expect(earnedTier(scoped, [ofBrand(200)])?.evidence).toEqual({
    basis: 'current_month',
    brand: '潘多拉',
    spend: 200,
    threshold: 200,
  })
  expect(earnedTier(scoped, [spent(399, 0, { storeId: 's1' })])).toBeUndefined()
  expect(
    earnedTier(scoped, [spent(200, 0, { storeId: 's1' }), spent(200, 0, { storeId: 's2' })])?.evidence,
  ).toMatchObject({ spend: 400, threshold: 400 })
  expect(gapAbove(scoped, 0, [ofBrand(150)])).toMatchObject({ brand: '潘多拉', missing: 50 })
  expect(gapAbove(scoped, 0, [spent(480, 0, { brand: '兰蔻' })])).toMatchObject({ missing: 20 })
  expect(gapAbove(scoped, 2, [])).toBeUndefined()
})

const october = new Date('2026-10-05T10:00:00+08:00')
const standing = (tier: string | null, over: Partial<Standing> = {}): Standing => ({
  tier,
  source: 'rules',
  since: new Date('2026-09-10T10:00:00+08:00'),
  keptUntil: new Date('2026-11-01T00:00:00+08:00'),
  ...over,
})
const ended = { keptUntil: new Date('2026-10-01T00:00:00+08:00') }
const longAgo = { keptUntil: new Date('2026-09-01T00:00:00+08:00') }
const monthEnd = '2026-10-31T16:00:00.000Z'

test.for([
  ['new, nothing spent', undefined, null, 0, null, undefined, monthEnd],
  ['new, enough spent', undefined, null, 500, 'gold', 'reached', monthEnd],
  ['more than held', standing('silver'), null, 500, 'gold', 'reached', monthEnd],
  ['less than held, the month not over', standing('gold'), null, 100, 'gold', undefined, monthEnd],
  ['less than held, in the grace', standing('gold', ended), null, 100, 'gold', undefined, '2026-09-30T16:00:00.000Z'],
  ['less than held, the grace over', standing('gold', longAgo), null, 100, 'silver', 'lapsed', monthEnd],
  ['nothing, the grace over', standing('silver', longAgo), null, 0, null, 'lapsed', monthEnd],
  ['earned again when the month was over', standing('gold', ended), null, 500, 'gold', undefined, monthEnd],
  ['the CRM says another', standing('gold'), 'silver', 900, 'silver', 'told', monthEnd],
  ['the CRM says it by its name', standing('gold'), 'gold卡', 0, 'gold', undefined, monthEnd],
  ['the CRM has a tier of its own', undefined, '黑钻', 900, '黑钻', 'told', monthEnd],
  [
    'the CRM is silent again: kept for the month',
    standing('gold', { source: 'crm', ...longAgo }),
    null,
    0,
    'gold',
    undefined,
    monthEnd,
  ],
  [
    'the CRM is silent again about a tier of its own',
    standing('黑钻', { source: 'crm' }),
    null,
    100,
    'silver',
    'reached',
    monthEnd,
  ],
  ['HQ ended the tier', standing('bronze'), null, 0, null, 'retired', monthEnd],
] as const)('%s', ([, before, told, spend, tier, cause, keptUntil]) => {
  const verdict = judgeTier({ tiers, standing: before, told, earned: earnedTier(tiers, [spent(spend)]), now: october })
  expect([verdict.standing.tier, verdict.move?.cause, verdict.standing.keptUntil.toISOString()]).toEqual([
    tier,
    cause,
    keptUntil,
  ])
  expect(verdict.standing.source).toBe(told === null ? 'rules' : 'crm')
})

test.for([
  ['the 8th', { monthDays: [8], weekdays: [] }, '2026-10-08'],
  ['today counts', { monthDays: [5], weekdays: [] }, '2026-10-05'],
  ['every Wednesday', { monthDays: [], weekdays: [3] }, '2026-10-07'],
  ['every Sunday', { monthDays: [], weekdays: [7] }, '2026-10-11'],
  ['whichever comes first', { monthDays: [6], weekdays: [3] }, '2026-10-06'],
  ['only next month', { monthDays: [4], weekdays: [] }, '2026-11-04'],
] as const)('member day: %s', ([, { monthDays, weekdays }, day]) => {
  expect(nextDay({ monthDays: [...monthDays], weekdays: [...weekdays] }, october)).toBe(day)
})

test('who is due what, and when to look again', () => {
  const withCoupon = [make('gold', 2, 500, { monthlyCouponId: 'c-gold' })]
  const gift: Benefit = {
    benefitId: 'gift',
    kind: 'monthly_gift',
    name: '到店礼',
    couponId: 'c-gift',
    tiers: [],
    recurs: { monthDays: [], weekdays: [] },
    createdAt: new Date('2026-09-01T00:00:00+08:00'),
  }
  const day: Benefit = {
    ...gift,
    benefitId: 'day',
    kind: 'member_day',
    couponId: 'c-day',
    tiers: ['gold'],
    recurs: { monthDays: [5, 20], weekdays: [] },
  }
  const benefits = [gift, day]
  const told = (tier: string | null, paid: { thisMonth: boolean; lastMonth: boolean }) =>
    dueBenefits({ tiers: withCoupon, benefits, standing: standing(tier), paid, now: october }).map(
      ({ ref, occasion }) => `${ref} ${occasion}`,
    )
  expect(told('gold', { thisMonth: true, lastMonth: false })).toEqual([
    'gold 2026-10',
    'gift 2026-10',
    'day 2026-10-05',
  ])
  expect(told(null, { thisMonth: false, lastMonth: true })).toEqual(['gift 2026-09'])
  expect(told(null, { thisMonth: false, lastMonth: false })).toEqual([])
  const look = (over: Partial<Standing>) =>
    reviewAt({ tiers: withCoupon, benefits, standing: standing('gold', over), now: october }).toISOString()
  expect([look({}), look(ended)]).toEqual(['2026-10-19T16:00:00.000Z', '2026-10-07T16:00:00.000Z'])
})
