import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { shanghaiDay } from './data/calendar.ts'
import { couponRecords } from './data/coupons.ts'
import { productRecords } from './data/products.ts'
import { retailRecords } from './data/retail-records.ts'
import { welcomeRuleRecords } from './data/welcome-rules.ts'
import type { OpenApi } from './open-api.ts'

export interface Seeding {
  api: OpenApi
  simulator: Simulator
  mallUrl: string
  say: (line: string) => void
  signal: AbortSignal
}

const CALLBACKS_AT_ONCE = 8
const MIRRORED_WITHIN_MS = 120_000

/** Everything through the product's front doors. Idempotent: interrupted, it is simply done again. */
export async function seedAll({ day, ...seeding }: Seeding & { day: string }): Promise<void> {
  const { api, say, signal } = seeding
  const records = retailRecords(day, seeding.mallUrl)
  say(`写入门店 ${records.stores.length}、导购 ${records.guides.length}、商品 ${records.products.length}`)
  await api.put('stores', records.stores)
  await api.put('guides', records.guides)
  await api.put('products', records.products)
  await api.put('coupons', records.coupons)
  await api.put('welcome-rules', records.welcomeRules)
  signal.throwIfAborted()
  await mirrorCustomers(seeding)
  say(`写入会员 ${records.members.length}、订单 ${records.orders.length}`)
  await api.put('members', records.members)
  signal.throwIfAborted()
  await api.put('orders', records.orders)
}

/** What a later start must put right: coupons are valid around today, and the mall's pages may have moved. */
export async function refresh({ api, mallUrl }: Pick<Seeding, 'api' | 'mallUrl'>, now: Date): Promise<void> {
  await api.put('products', productRecords(mallUrl))
  await api.put('welcome-rules', welcomeRuleRecords(mallUrl))
  await api.put('coupons', couponRecords(shanghaiDay(now)))
}

/** WeCom tells of every customer, as it does when a guide edits a remark; the product then reads all it does not know. */
async function mirrorCustomers({ api, simulator, say, signal }: Seeding): Promise<void> {
  const followers = [...simulator.world.followers.values()].flatMap((ofCustomer) =>
    [...ofCustomer.values()].slice(0, 1),
  )
  const customers = followers.map(({ customer }) => customer)
  say(`同步客户 ${customers.length}`)
  await inParallel(followers, async ({ guide, customer }) => {
    signal.throwIfAborted()
    const delivery = await simulator.sendEvent({
      Event: 'change_external_contact',
      ChangeType: 'edit_external_contact',
      UserID: guide,
      ExternalUserID: customer,
    })
    if (!delivery.ok) throw new Error(`服务端没有收下回调(${delivery.status ?? '没有回应'})`)
  })
  const deadline = Date.now() + MIRRORED_WITHIN_MS
  await inParallel(customers, async (customer) => {
    while ((await api.get(`customers/${customer}`)) === undefined) {
      signal.throwIfAborted()
      if (Date.now() > deadline) throw new Error('客户没有在两分钟内同步完,看看 server.log')
      await pause(100)
    }
  })
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  const lane = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: CALLBACKS_AT_ONCE }, lane))
}
