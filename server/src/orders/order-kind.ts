import { OrderRecord } from '@zhanggui/shared/order.ts'
import type { Deps } from '../deps.ts'
import type { Keyed, RecordKind } from '../open-api/record-kind.ts'
import { type OrderRow, upsertOrders } from './order-intake.repository.ts'
import { prepareOrder } from './prepare-order.ts'

/** Stores, products and guides may be sent later than the orders that name them: a sale is never lost over it. */
export function orderKind({
  cipher,
  clock,
}: Pick<Deps, 'cipher' | 'clock'>): RecordKind<typeof OrderRecord, Keyed<OrderRow>> {
  return {
    name: 'orders',
    schema: OrderRecord,
    idField: 'orderId',
    prepare: (order) => ({ key: order.orderId, ...prepareOrder(order, cipher) }),
    write: async (db, orders) => ({ changed: await upsertOrders(db, orders, clock.now()) }),
  }
}
