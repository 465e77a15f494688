import type { OrderRecord } from '@zhanggui/shared/order.ts'
import type { MemberRecord } from '@zhanggui/shared/records.ts'
import { type Day, dayAfter, dayOf, timeOn } from './calendar.ts'
import { customers } from './customers.ts'
import { leadCustomers } from './lead-customers.ts'
import { memberNumbers } from './membership.ts'
import { randomStream } from './random.ts'

/** Lifetime spend in fen, highest first. */
export const tiers: readonly { name: string; from: number }[] = [
  { name: '黑金', from: 5_000_000 },
  { name: '铂金', from: 2_000_000 },
  { name: '金卡', from: 500_000 },
  { name: '银卡', from: 0 },
]
const MEMBER_BEFORE_FRIEND = 0.15
const KNOWN_BY_UNION_ID = 0.1

/** Tier and points follow from what was bought. */
export function memberRecords(today: Day, orders: readonly OrderRecord[]): MemberRecord[] {
  const random = randomStream('members')
  const bought = purchases(orders)
  return customers.flatMap((customer, place) => {
    const memberNo = memberNumbers.get(customer.externalUserId)
    if (!memberNo) return []
    const own = [...(bought.get(customer.externalUserId) ?? []), ...(bought.get(memberNo) ?? [])]
    const spent = own.reduce((sum, { paidAmount = 0 }) => sum + paidAmount, 0)
    const since = joinedOn(
      today,
      own,
      random.chance(MEMBER_BEFORE_FRIEND) ? random.int(1, 500) : -random.int(0, 9),
      customer.addedDaysAgo,
    )
    const lead = leadCustomers[place]?.member
    const record: MemberRecord = {
      memberNo,
      ...(customer.unionId && !lead && random.chance(KNOWN_BY_UNION_ID)
        ? { unionId: customer.unionId }
        : { externalUserId: customer.externalUserId, unionId: customer.unionId }),
      phone: customer.phone,
      name: /^[\u4e00-\u9fff]{2,3}$/.test(customer.name) ? customer.name : undefined,
      birthday: lead
        ? birthdayIn(today, lead.birthdayInDays)
        : drawBirthday(random.int(0, 364), random.int(1966, 2004)),
      tier: tiers.find(({ from }) => spent >= from)?.name,
      points: Math.floor((spent / 100) * (0.1 + 0.6 * random.next())),
      storedValue: lead ? (lead.storedYuan ?? 0) * 100 : random.chance(0.18) ? random.int(1, 30) * 10_000 : 0,
      joinedAt: timeOn(since, random.int(10 * 3600, 21 * 3600)),
    }
    return [record]
  })
}

/** Orders by the external_userid or member number on them; what was paid is always given. */
function purchases(orders: readonly OrderRecord[]): Map<string, OrderRecord[]> {
  const found = new Map<string, OrderRecord[]>()
  for (const order of orders) {
    const key = order.customer?.externalUserId ?? order.customer?.memberNo
    if (!key) continue
    const paidAmount = order.paidAmount ?? order.lines.reduce((sum, { amount }) => sum + amount, 0)
    const list = found.get(key) ?? []
    list.push({ ...order, paidAmount })
    found.set(key, list)
  }
  return found
}

/** Never after the first purchase that shows the member number, nor later than yesterday. */
function joinedOn(today: Day, own: readonly OrderRecord[], daysEarlier: number, addedDaysAgo: number): Day {
  const day = dayAfter(today, -Math.max(1, addedDaysAgo + daysEarlier))
  const firstWithCard = own
    .filter((order) => order.customer?.memberNo)
    .map((order) => dayOf(order.placedAt))
    .sort()[0]
  return firstWithCard && firstWithCard < day ? firstWithCard : day
}

function birthdayIn(today: Day, days: number): Day {
  return `1990${dayAfter(today, days).slice(4)}`.replace('-02-29', '-02-28')
}

function drawBirthday(dayOfYear: number, year: number): Day {
  return dayAfter(`${year}-01-01`, dayOfYear)
}
