import type { BatchAnswer } from '@zhanggui/shared/records.ts'
import type { TSchema } from 'typebox'
import { couponKind } from '../coupons/coupon-kind.ts'
import type { Deps } from '../deps.ts'
import { guideKind } from '../guides/guide-kind.ts'
import { memberKind } from '../membership/member-kind.ts'
import type { RecordKind } from '../open-api/record-kind.ts'
import { batchSteps } from '../open-api/take-batch.ts'
import { orderKind } from '../orders/order-kind.ts'
import { productKind } from '../products/product-kind.ts'
import { refundKind } from '../refunds/refund-kind.ts'
import { storeKind } from '../stores/store-kind.ts'
import type { ImportKind } from './arguments.ts'

/** Prepares a batch, and gives how to write it: the same rules as PUT /open/v1, by the same code. */
export type Taker = (records: readonly unknown[]) => Promise<() => Promise<BatchAnswer>>

export function createTakers(deps: Deps, dryRun: boolean): Record<ImportKind, Taker> {
  const taker = <Schema extends TSchema, Row extends { key: string }>(kind: RecordKind<Schema, Row>): Taker => {
    const { prepare, write } = batchSteps(kind)
    return async (records) => {
      const prepared = await prepare(records)
      return () => write(prepared, { db: deps.db, log: deps.log, dryRun })
    }
  }
  return {
    stores: taker(storeKind(deps)),
    guides: taker(guideKind(deps)),
    products: taker(productKind(deps)),
    members: taker(memberKind(deps)),
    orders: taker(orderKind(deps)),
    refunds: taker(refundKind(deps)),
    coupons: taker(couponKind(deps)),
  }
}
