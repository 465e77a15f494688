import { hash } from 'node:crypto'
import type { RefundRecord } from '@zhanggui/shared/refund.ts'
import type { DataCipher } from '../data-cipher.ts'
import { prepareCustomer, withoutPhone } from '../orders/prepare-customer.ts'
import { prepareLines, sumOf } from '../orders/prepare-lines.ts'
import type { RefundRow } from './refund-intake.repository.ts'

/** A refund as it is kept: defaults filled in, its customer's phone only as a keyed hash. */
export function prepareRefund(refund: RefundRecord, cipher: Pick<DataCipher, 'hash'>): RefundRow {
  const contents = {
    refundId: refund.refundId,
    orderId: refund.orderId ?? null,
    channel: refund.channel ?? null,
    storeId: refund.storeId ?? null,
    ...prepareCustomer(refund.customer ?? {}, cipher),
    amount: refund.amount ?? sumOf(refund.lines),
    lines: prepareLines(refund.lines),
  }
  const digest = hash('sha256', JSON.stringify(contents))
  return { ...contents, refundedAt: refund.refundedAt, digest, record: withoutPhone(refund) }
}
