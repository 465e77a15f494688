import Type, { type Static } from 'typebox'
import { Channel, CustomerIds, OrderLine } from './order.ts'
import { Fen, Id, Time } from './text.ts'

/** One record of `PUT /open/v1/refunds`: positive numbers. */
export const RefundRecord = Type.Object(
  {
    refundId: Id,
    refundedAt: Time,
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: 2000 }),
    /** The order may be sent later. Without one the refund stands alone, by its own customer. */
    orderId: Type.Optional(Id),
    customer: Type.Optional(CustomerIds),
    storeId: Type.Optional(Id),
    /** Default: the order's. */
    channel: Type.Optional(Channel),
    /** Default: the sum of the lines. */
    amount: Type.Optional(Fen),
  },
  { additionalProperties: false },
)
export type RefundRecord = Static<typeof RefundRecord>
