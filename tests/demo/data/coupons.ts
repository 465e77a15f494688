import type { CouponRecord } from '@zhanggui/shared/records.ts'
import { type Day, dayAfter, timeOn } from './calendar.ts'

type Plan = Omit<CouponRecord, 'validFrom' | 'validTo'> & { fromDay: number; toDay: number }

/** Days relative to today; amounts in fen, percent off, or a gift's worth. */
const plans: readonly Plan[] = [
  {
    couponId: 'Q01',
    title: '生日月礼券',
    kind: 'amount',
    value: 10_000,
    minimumSpend: 99_900,
    stock: 86,
    fromDay: -30,
    toDay: 60,
  },
  {
    couponId: 'Q02',
    title: '新品尝鲜',
    kind: 'percent',
    value: 15,
    stock: 412,
    redeemAt: 'store',
    storeIds: ['C01'],
    fromDay: -10,
    toDay: 38,
  },
  {
    couponId: 'Q03',
    title: '满 199 减 20',
    kind: 'amount',
    value: 2000,
    minimumSpend: 19_900,
    perCustomer: 3,
    fromDay: -60,
    toDay: 30,
  },
  {
    couponId: 'Q04',
    title: '入会礼',
    kind: 'amount',
    value: 5000,
    minimumSpend: 29_900,
    stock: 2000,
    fromDay: -20,
    toDay: 12,
  },
  { couponId: 'Q05', title: '金卡月度券', kind: 'amount', value: 3000, stock: 300, fromDay: -15, toDay: 15 },
  {
    couponId: 'Q06',
    title: '满 1000 减 120',
    kind: 'amount',
    value: 12_000,
    minimumSpend: 100_000,
    stock: 260,
    fromDay: -5,
    toDay: 25,
  },
  {
    couponId: 'Q07',
    title: '老友回来坐坐',
    kind: 'amount',
    value: 8000,
    minimumSpend: 50_000,
    stock: 120,
    fromDay: -20,
    toDay: 40,
  },
  {
    couponId: 'Q08',
    title: '换季焕新 9 折',
    kind: 'percent',
    value: 10,
    minimumSpend: 60_000,
    redeemAt: 'mall',
    fromDay: -7,
    toDay: 21,
  },
  {
    couponId: 'Q09',
    title: '首饰清洗与养护',
    kind: 'gift',
    value: 9800,
    stock: 60,
    redeemAt: 'store',
    storeIds: ['C01'],
    fromDay: -30,
    toDay: 90,
  },
  {
    couponId: 'Q10',
    title: '精华小样一份',
    kind: 'gift',
    value: 6800,
    stock: 40,
    redeemAt: 'store',
    storeIds: ['C02'],
    fromDay: -14,
    toDay: 28,
  },
]

export function couponRecords(today: Day): CouponRecord[] {
  return plans.map(({ fromDay, toDay, ...plan }) => ({
    ...plan,
    validFrom: timeOn(dayAfter(today, fromDay), 0),
    validTo: timeOn(dayAfter(today, toDay), 24 * 3600 - 1),
  }))
}
