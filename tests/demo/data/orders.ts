import type { OrderRecord } from '@zhanggui/shared/order.ts'
import { type Day, dayAfter, timeOn } from './calendar.ts'
import { type Counter, counters, findCounter } from './counters.ts'
import { type Customer, customers } from './customers.ts'
import { findGuide, type Guide, guidesOf } from './guides.ts'
import { type LeadCustomer, leadCustomers } from './lead-customers.ts'
import { memberNumbers } from './membership.ts'
import { findProduct, type Product, productsOf } from './products.ts'
import { type Random, randomStream } from './random.ts'
import { busyness, seasonDays } from './season.ts'

const ORDERS = 4000
const NOBODYS_ORDERS = 60
const TWO_YEARS = 730

interface Shopper {
  customer: Customer
  /** Share of all orders, relative to the others. */
  appetite: number
  /** Most of the money goes where this much (fen) buys one thing. */
  budget: number
  boughtFromDaysAgo: number
  boughtUntilDaysAgo: number
}

type Draft = Omit<OrderRecord, 'orderId'>
type Channel = OrderRecord['channel']
const channels: readonly { channel: Channel; weight: number }[] = [
  { channel: 'store', weight: 62 },
  { channel: 'mall', weight: 14 },
  { channel: 'guide_share', weight: 9 },
  { channel: 'group', weight: 8 },
  { channel: 'live', weight: 7 },
]
/** Small things are bought more often. */
const footfall: Readonly<Record<string, number>> = { 美妆: 16, 茶食: 15, 童装: 12, 女装: 12, 家居: 10, 香氛: 9 }

/** Two years of orders up to yesterday, oldest first; numbered in that order. */
export function orderRecords(today: Day): OrderRecord[] {
  const drafts = [...leadOrders(today), ...crowdOrders(today), ...nobodysOrders(today)]
  drafts.sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1))
  return drafts.map((draft, place) => ({ orderId: `T${String(place + 1).padStart(6, '0')}`, ...draft }))
}

function crowdOrders(today: Day): Draft[] {
  const random = randomStream('orders')
  const shoppers = customers.slice(leadCustomers.length).map((customer) => drawShopper(random, customer))
  const appetites = shoppers.reduce((sum, { appetite }) => sum + appetite, 0)
  return shoppers.flatMap((shopper) => {
    const count = Math.round((shopper.appetite / appetites) * (ORDERS - NOBODYS_ORDERS))
    const { boughtFromDaysAgo: from, boughtUntilDaysAgo: until } = shopper
    const days = seasonDays(today, from, Math.min(from, until))
    return Array.from({ length: count }, () => {
      const { daysAgo } = random.weighted(days, (day) => day.busyness)
      return drawOrder(random, shopper, dayAfter(today, -daysAgo))
    })
  })
}

/** A few buy much, most little, and one in eight never; one in six stopped a while ago. */
function drawShopper(random: Random, customer: Customer): Shopper {
  const isMember = memberNumbers.has(customer.externalUserId)
  const keen = Math.exp(1.5 * (random.next() + random.next() + random.next() - 1.5))
  const known = Math.min(1, customer.addedDaysAgo / 500) ** 0.8
  const never = random.chance(isMember ? 0.06 : 0.3)
  const stopped = random.chance(0.16)
  // Half of them knew the counter before they became friends with its guide.
  const before = random.chance(0.5) ? random.int(20, 500) : 0
  return {
    customer,
    appetite: never ? 0 : keen * known * (isMember ? 1 : 0.35),
    budget: 40_000 * Math.exp(2.2 * random.next()),
    boughtFromDaysAgo: Math.min(TWO_YEARS, customer.addedDaysAgo + before),
    boughtUntilDaysAgo: stopped ? random.int(100, 320) : 1,
  }
}

function drawOrder(random: Random, { customer, budget }: Shopper, day: Day): Draft {
  const owner = findGuide(customer.owner)
  const home = findCounter(owner.storeId)
  const counter = random.chance(0.58) ? home : random.weighted(counters, ({ trade }) => footfall[trade] ?? 5)
  const { channel } = random.weighted(channels, ({ weight }) => weight)
  const goods = productsOf(counter.storeId)
  const wish = (product: Product) => product.popularity * Math.exp(-Math.abs(Math.log(product.price / budget)))
  const first = random.weighted(goods, wish)
  const more = random.some(
    goods.filter((product) => product !== first),
    random.weighted([0, 1, 2], (n) => [58, 32, 10][n] ?? 0),
  )
  const lines = [first, ...more.filter((product) => product.price < 2 * budget)].map((product) =>
    lineOf(product, product.price < 30_000 && random.chance(0.25) ? random.int(2, 3) : 1),
  )
  const memberNo = memberNumbers.get(customer.externalUserId)
  return {
    channel,
    placedAt: timeOn(day, random.int(10 * 3600, 22 * 3600 - 1)),
    lines,
    ...served(random, channel, counter, owner),
    customer: memberNo && random.chance(0.3) ? { memberNo } : { externalUserId: customer.externalUserId },
    paidAmount: paid(random, lines, day),
  }
}

/** The till names who sold and who handed over; an order from the mall, a group or a live session names no seller. */
function served(random: Random, channel: Channel, counter: Counter, owner: Guide) {
  const staff = guidesOf(counter.storeId)
  if (channel === 'mall' || channel === 'live') return {}
  const hands = random.pick(staff).userId
  if (channel === 'group') return { storeId: counter.storeId, serviceGuideId: random.chance(0.6) ? hands : undefined }
  if (channel === 'guide_share') return { storeId: counter.storeId, salesGuideId: owner.userId, serviceGuideId: hands }
  const seller = staff.includes(owner) && random.chance(0.8) ? owner.userId : random.pick(staff).userId
  return { storeId: counter.storeId, salesGuideId: seller, serviceGuideId: random.chance(0.88) ? seller : hands }
}

function lineOf(product: Product, quantity = 1): OrderRecord['lines'][number] {
  const { productId, name, price } = product
  return { productId, name, quantity, unitPrice: price, amount: price * quantity }
}

/** On busy days nearly half of the orders carry something off, whole yuan. */
function paid(random: Random, lines: OrderRecord['lines'], day: Day): number {
  const sum = lines.reduce((total, { amount }) => total + amount, 0)
  if (!random.chance(busyness(day) > 1.6 ? 0.45 : 0.18)) return sum
  return sum - Math.floor((sum * random.pick([5, 8, 10, 15])) / 10_000) * 100
}

function leadOrders(today: Day): Draft[] {
  const random = randomStream('lead orders')
  return leadCustomers.flatMap((lead, place) =>
    lead.purchases.map((purchase) => leadOrder(random, today, lead, customers[place]?.externalUserId, purchase)),
  )
}

function leadOrder(
  random: Random,
  today: Day,
  lead: LeadCustomer,
  externalUserId: string | undefined,
  { daysAgo, channel, productIds }: LeadCustomer['purchases'][number],
): Draft {
  const goods = productIds.map((productId) => findProduct(productId)).filter((product) => product !== undefined)
  const owner = findGuide(lead.owner)
  const counter = findCounter(goods[0]?.storeId ?? owner.storeId)
  return {
    channel,
    placedAt: timeOn(dayAfter(today, -daysAgo), random.int(14 * 3600, 20 * 3600)),
    lines: goods.map((product) => lineOf(product)),
    ...served(random, channel, counter, owner),
    ...(counter.storeId === owner.storeId && channel === 'store' ? { salesGuideId: owner.userId } : {}),
    customer: { externalUserId },
  }
}

/** Walk-ins: some gave no card at all, some one that nobody knows yet. */
function nobodysOrders(today: Day): Draft[] {
  const random = randomStream("nobody's orders")
  const days = seasonDays(today, TWO_YEARS, 1)
  return Array.from({ length: NOBODYS_ORDERS }, (_, place) => {
    const day = dayAfter(today, -random.weighted(days, (one) => one.busyness).daysAgo)
    const counter = random.weighted(counters, ({ trade }) => footfall[trade] ?? 5)
    const product = random.weighted(productsOf(counter.storeId), ({ popularity }) => popularity)
    const seller = random.pick(guidesOf(counter.storeId)).userId
    return {
      channel: 'store',
      placedAt: timeOn(day, random.int(10 * 3600, 22 * 3600 - 1)),
      lines: [lineOf(product)],
      storeId: counter.storeId,
      salesGuideId: seller,
      serviceGuideId: seller,
      customer: place % 2 === 0 ? { phone: `1380000${String(9000 + place)}` } : undefined,
    }
  })
}
