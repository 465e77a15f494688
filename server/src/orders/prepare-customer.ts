import type { CustomerIds } from '@zhanggui/shared/order.ts'
import type { DataCipher } from '../data-cipher.ts'
import { normalizePhone } from '../membership/phone.ts'
import { RecordFault } from '../open-api/record-kind.ts'

/** Under which ids a buyer is kept: the phone only as a keyed hash. */
export function prepareCustomer(
  { externalUserId, memberNo, unionId, phone }: CustomerIds,
  cipher: Pick<DataCipher, 'hash'>,
) {
  const normal = phone === undefined ? undefined : normalizePhone(phone)
  if (phone !== undefined && normal === undefined)
    throw new RecordFault(
      'invalid_phone',
      '/customer/phone must be a mainland mobile number, or + and country code; leave out one that is masked',
    )
  return {
    externalUserId: externalUserId ?? null,
    memberNo: memberNo ?? null,
    unionId: unionId ?? null,
    phoneHash: normal === undefined ? null : cipher.hash(normal),
  }
}

/** The record as it is kept. */
export function withoutPhone<Sale extends { customer?: CustomerIds }>(sale: Sale): Sale {
  if (sale.customer?.phone === undefined) return sale
  const { phone: _, ...customer } = sale.customer
  return { ...sale, customer }
}
