import type { CustomerSeed } from '@zhanggui/wecom-simulator/world-seed.ts'
import { type Guide, guides } from './guides.ts'
import { leadCustomers } from './lead-customers.ts'
import { nickname } from './names.ts'
import { randomStream } from './random.ts'

export interface Customer {
  externalUserId: string
  name: string
  gender: 0 | 1 | 2
  /** Absent: a WeChat user. 2: works in another corp that uses WeCom. */
  type?: 2
  corpName?: string
  unionId?: string
  phone: string
  /** userid of the first friend. */
  owner: string
  /** Days between the first befriending and today. */
  addedDaysAgo: number
}

const CUSTOMERS = 400
const YEARS_2 = 730
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const corps = ['云帆科技', '明禾设计', '北辰律所', '恒信会计', '拾光传媒', '启元教育']

/** The hand-written ones first, then the crowd. */
export const customers: readonly Customer[] = makeCustomers()

function makeCustomers(): Customer[] {
  const ids = randomStream('customer ids')
  const people = randomStream('customers')
  const taken = new Set(leadCustomers.map((lead) => lead.name))
  const identity = (place: number) => ({
    // wm + 30 and o + 27 characters, as WeCom's are
    externalUserId: `wm${ids.text(LETTERS, 30)}`,
    unionId: `o${ids.text(LETTERS, 27)}`,
    phone: `1380000${String(place + 1).padStart(4, '0')}`,
  })
  const leads = leadCustomers.map(({ name, gender, type, corpName, owner, addedDaysAgo }, place) => {
    const { unionId, ...ids } = identity(place)
    return { ...ids, name, gender, type, corpName, owner, addedDaysAgo, unionId: type === 2 ? undefined : unionId }
  })
  const crowd = Array.from({ length: CUSTOMERS - leads.length }, (_, place): Customer => {
    const { unionId, ...ids } = identity(leads.length + place)
    const person = nickname(people, taken)
    taken.add(person.name)
    const guide = people.weighted<Guide>(guides, ({ reach }) => reach)
    // Squared: more friends were made lately than two years ago.
    const addedDaysAgo = 1 + Math.floor(people.next() ** 1.6 * (YEARS_2 - 2))
    const common = { ...ids, ...person, owner: guide.userId, addedDaysAgo }
    if (people.chance(0.03)) return { ...common, type: 2, corpName: people.pick(corps) }
    return { ...common, unionId }
  })
  return [...leads, ...crowd]
}

const avatarColours = ['#d98f7c', '#83ad97', '#a98ac9', '#c9a463', '#7fa6c4', '#c58aa6', '#8f9f6d', '#b58b73']

export function customerSeeds(): CustomerSeed[] {
  return customers.map(({ externalUserId, name, gender, type, corpName, unionId, phone }, place) => ({
    externalUserId,
    name,
    gender,
    type,
    corpName,
    unionId,
    phone,
    avatarColor: avatarColours[place % avatarColours.length],
  }))
}
