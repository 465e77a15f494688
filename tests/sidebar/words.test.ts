import { roundYuan, yuan } from '@zhanggui/sidebar-web/ui/money.ts'
import * as times from '@zhanggui/sidebar-web/ui/times.ts'
import { expect, test } from 'vitest'

const now = Date.parse('2026-11-22T21:30:00+08:00')

test.for([
  [0, '¥0'],
  [1, '¥0.01'],
  [1250, '¥12.50'],
  [128_000, '¥1,280'],
  [123_456_789, '¥1,234,567.89'],
  [-69_900, '-¥699'],
] as const)('%i fen are written %s', ([fen, words]) => expect(yuan(fen)).toBe(words))

test.for([
  [1_846_049, '¥18,460'],
  [99_999_900, '¥999,999'],
  [123_456_700, '¥123.5万'],
  [100_000_000, '¥100万'],
  [12_345_678_900, '¥12346万'],
] as const)('a sum of %i fen is written %s', ([fen, words]) => expect(roundYuan(fen)).toBe(words))

test.for([
  ['2026-11-22T21:29:30+08:00', '刚刚'],
  ['2026-11-22T21:20:00+08:00', '10 分钟前'],
  ['2026-11-22T00:10:00+08:00', '21 小时前'],
  ['2026-11-21T23:00:00+08:00', '昨天'],
  ['2026-09-20T12:00:00+08:00', '63 天前'],
] as const)('something of %s is %s old', ([time, words]) => expect(times.ageWords(Date.parse(time), now)).toBe(words))

test('just after midnight, an hour ago is not yesterday', () => {
  const afterMidnight = Date.parse('2026-11-23T00:30:00+08:00')
  expect(times.ageWords(Date.parse('2026-11-22T23:20:00+08:00'), afterMidnight)).toBe('1 小时前')
})

test.for([
  ['2026-11-22T00:00:00+08:00', '今天'],
  ['2026-11-21T23:59:00+08:00', '昨天'],
  ['2026-04-21T16:30:00Z', '4月22日'],
  ['2025-12-31T15:59:00Z', '2025年12月31日'],
] as const)('the shop calls %s %s', ([time, words]) => expect(times.dayWords(time, now)).toBe(words))

test.for([
  ['2026-11-22T21:00:00+08:00', '已过期'],
  ['2026-11-22T23:59:59+08:00', '今天 23:59 到期'],
  ['2026-11-23T00:00:00+08:00', '今天 23:59 到期'],
  ['2026-11-24T00:00:00+08:00', '明天到期'],
  ['2026-11-27T00:00:00+08:00', '4 天后到期'],
  ['2026-12-31T00:00:00+08:00', '12月30日到期'],
  ['2027-01-01T00:00:00+08:00', '12月31日到期'],
] as const)('what is valid to %s: %s', ([validTo, words]) => expect(times.expiryWords(validTo, now)).toBe(words))

test('a purchase late on the last of a month in China belongs to that month', () => {
  expect(times.monthWords('2026-09-30T15:59:00Z')).toBe('2026年9月')
  expect(times.monthWords('2026-09-30T16:00:00Z')).toBe('2026年10月')
})
