import { createHash } from 'node:crypto'
import type { OrderRecord } from '@zhanggui/shared/order.ts'
import type { DataCipher } from '../data-cipher.ts'
import { normalizePhone } from '../membership/phone.ts'
import { RecordFault } from '../open-api/record-kind.ts'
import type { OrderRow } from './order-intake.repository.ts'

/** An order as it is kept: defaults filled in, its customer's phone only as a keyed hash. */
export function prepareOrder(order: OrderRecord, cipher: Pick<DataCipher, 'hash'>): OrderRow {
  const { customer: { phone, ...customer } = {}, ...record } = order
  const normal = phone === undefined ? undefined : normalizePhone(phone)
  if (phone !== undefined && normal === undefined)
    throw new RecordFault(
      'invalid_phone',
      '/customer/phone must be a mainland mobile number, or + and country code; leave out one that is masked',
    )
  const contents = {
    orderId: order.orderId,
    channel: order.channel,
    storeId: order.storeId ?? null,
    externalUserId: customer.externalUserId ?? null,
    memberNo: customer.memberNo ?? null,
    unionId: customer.unionId ?? null,
    phoneHash: normal === undefined ? null : cipher.hash(normal),
    salesGuideId: order.salesGuideId ?? null,
    serviceGuideId: order.serviceGuideId ?? null,
    shareToken: order.shareToken ?? null,
    couponCodes: order.coupons ?? [],
    paidAmount: order.paidAmount ?? order.lines.reduce((sum, { amount }) => sum + amount, 0),
    // Field by field, because the digest must not depend on the order the sender wrote them in.
    lines: order.lines.map(({ productId, quantity, amount, name, unitPrice }) => ({
      productId,
      quantity,
      amount,
      name,
      unitPrice,
    })),
  }
  const digest = createHash('sha256').update(JSON.stringify(contents)).digest('hex')
  const kept = order.customer === undefined ? record : { ...record, customer }
  return { ...contents, placedAt: order.placedAt, digest, record: kept }
}
