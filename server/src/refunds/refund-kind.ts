import { RefundRecord } from '@zhanggui/shared/refund.ts'
import type { Deps } from '../deps.ts'
import type { Keyed, RecordKind } from '../open-api/record-kind.ts'
import { prepareRefund } from './prepare-refund.ts'
import { type RefundRow, upsertRefunds } from './refund-intake.repository.ts'

/** Orders, stores and products may be sent later than the refunds that name them: money given back is never lost. */
export function refundKind({
  cipher,
  clock,
}: Pick<Deps, 'cipher' | 'clock'>): RecordKind<typeof RefundRecord, Keyed<RefundRow>> {
  return {
    name: 'refunds',
    schema: RefundRecord,
    idField: 'refundId',
    prepare: (refund) => ({ key: refund.refundId, ...prepareRefund(refund, cipher) }),
    write: async (db, refunds) => ({ changed: await upsertRefunds(db, refunds, clock.now()) }),
  }
}
