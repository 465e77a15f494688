import { hash } from 'node:crypto'
import type { OrderRecord } from '@zhanggui/shared/order.ts'
import type { DataCipher } from '../data-cipher.ts'
import type { OrderRow } from './order-intake.repository.ts'
import { prepareCustomer, withoutPhone } from './prepare-customer.ts'
import { prepareLines, sumOf } from './prepare-lines.ts'

/** An order as it is kept: defaults filled in, its customer's phone only as a keyed hash. */
export function prepareOrder(order: OrderRecord, cipher: Pick<DataCipher, 'hash'>): OrderRow {
  const contents = {
    orderId: order.orderId,
    channel: order.channel,
    storeId: order.storeId ?? null,
    ...prepareCustomer(order.customer ?? {}, cipher),
    salesGuideId: order.salesGuideId ?? null,
    serviceGuideId: order.serviceGuideId ?? null,
    shareToken: order.shareToken ?? null,
    couponCodes: order.coupons ?? [],
    paidAmount: order.paidAmount ?? sumOf(order.lines),
    lines: prepareLines(order.lines),
  }
  const digest = hash('sha256', JSON.stringify(contents))
  return { ...contents, placedAt: order.placedAt, digest, record: withoutPhone(order) }
}
