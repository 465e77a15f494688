import { CouponRecord } from '@zhanggui/shared/records.ts'
import type { Deps } from '../deps.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import { type CouponTemplateRow, listShortOfStock, upsertTemplates } from './templates.repository.ts'

/** A field left out takes its default; without `stock` the coupon is unlimited. */
export function couponKind({ clock }: Pick<Deps, 'clock'>): RecordKind<typeof CouponRecord, Keyed<CouponTemplateRow>> {
  return {
    name: 'coupons',
    schema: CouponRecord,
    idField: 'couponId',
    prepare({
      minimumSpend = 0,
      stock,
      perCustomer = 1,
      redeemAt = 'both',
      storeIds = [],
      stackable = false,
      costShare,
      ...record
    }) {
      if (Date.parse(record.validTo) <= Date.parse(record.validFrom))
        throw new RecordFault('invalid_field', '/validTo must be later than /validFrom')
      if (record.kind === 'percent' && (record.value < 1 || record.value > 100))
        throw new RecordFault('invalid_field', '/value must be from 1 to 100 (percent off)')
      return {
        key: record.couponId,
        ...record,
        minimumSpend,
        stock: stock ?? null,
        perCustomer,
        redeemAt,
        storeIds: [...new Set(storeIds)].sort(),
        stackable,
        costShare: costShare ?? null,
      }
    },
    async write(db, templates) {
      const changed = await upsertTemplates(db, templates, clock.now())
      // Read after the upsert has locked the rows, so nothing can be issued in between.
      const short = await listShortOfStock(db, templates)
      const rejected = short.map(({ couponId, issued }) => {
        const fault = { code: 'stock_below_issued', detail: `/stock is below the ${issued} coupons already issued` }
        return [couponId, fault] as const
      })
      return { changed, rejected: new Map(rejected) }
    },
    constraints: {
      coupon_template_check: { code: 'invalid_field', detail: '/validTo must be later than /validFrom' },
    },
  }
}
