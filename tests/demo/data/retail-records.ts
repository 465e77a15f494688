import type { OrderRecord } from '@zhanggui/shared/order.ts'
import type { CouponRecord, GuideRecord, MemberRecord, ProductRecord, StoreRecord } from '@zhanggui/shared/records.ts'
import type { WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'
import type { Day } from './calendar.ts'
import { storeRecords } from './counters.ts'
import { couponRecords } from './coupons.ts'
import { guideRecords } from './guides.ts'
import { memberRecords } from './members.ts'
import { orderRecords } from './orders.ts'
import { productRecords } from './products.ts'
import { welcomeRuleRecords } from './welcome-rules.ts'

export interface RetailRecords {
  stores: StoreRecord[]
  guides: GuideRecord[]
  products: ProductRecord[]
  members: MemberRecord[]
  orders: OrderRecord[]
  coupons: CouponRecord[]
  welcomeRules: WelcomeRuleRecord[]
}

/** What tills, mall and member system know: the same for the same day. `mallUrl`: origin of the mall's own pages. */
export function retailRecords(today: Day, mallUrl: string): RetailRecords {
  const orders = orderRecords(today)
  return {
    stores: storeRecords(),
    guides: guideRecords(),
    products: productRecords(mallUrl),
    members: memberRecords(today, orders),
    orders,
    coupons: couponRecords(today),
    welcomeRules: welcomeRuleRecords(mallUrl),
  }
}
