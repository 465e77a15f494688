import Type, { type Static } from 'typebox'
import { Credit } from './attribution.ts'
import { Channel } from './order.ts'
import { Reason } from './ownership.ts'
import { Id, Name, OneOf, Time } from './text.ts'

/** One record of `PUT /open/v1/commission-rules`. What a rule leaves out it does not ask about. */
export const CommissionRuleRecord = Type.Object(
  {
    ruleId: Id,
    credit: Credit,
    rate: Type.Integer({ minimum: 0, maximum: 10_000, description: 'Basis points: 250 is 2.5 %' }),
    effectiveFrom: Time,
    /** Exclusive; left out: until further notice. */
    effectiveTo: Type.Optional(Time),
    productId: Type.Optional(Id),
    category: Type.Optional(Name),
    brand: Type.Optional(Name),
    channel: Type.Optional(Channel),
    ownership: Type.Optional(OneOf('self_operated', 'joint_venture', 'franchise')),
  },
  { additionalProperties: false },
)
export type CommissionRuleRecord = Static<typeof CommissionRuleRecord>

/** Fen. `reversed` is positive: what is left is pending + confirmed + settled − reversed. */
export const CommissionSums = Type.Object({
  pending: Type.Integer(),
  confirmed: Type.Integer(),
  settled: Type.Integer(),
  reversed: Type.Integer(),
})
export type CommissionSums = Static<typeof CommissionSums>

const both = { sales: CommissionSums, service: CommissionSums }

/** `GET /open/v1/reports/commission?from=&to=` */
export const CommissionReport = Type.Object({
  rows: Type.Array(Type.Object({ guideId: Type.String(), ...both })),
  total: Type.Object(both),
})
export type CommissionReport = Static<typeof CommissionReport>

/** A month of Asia/Shanghai. */
export const MonthText = Type.String({ pattern: '^[1-9]\\d{3}-(0[1-9]|1[0-2])$' })

export const ClosingWish = Type.Object(
  { by: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
)

/** `POST /open/v1/commission/periods/{period}/close`: closed once, answered alike ever after. */
export const ClosedPeriod = Type.Object({
  period: Type.String(),
  closedAt: Type.String(),
  closedBy: Type.String(),
  entries: Type.Integer(),
  total: Type.Integer(),
  rows: Type.Array(
    Type.Object({ guideId: Type.String(), sales: Type.Integer(), service: Type.Integer(), total: Type.Integer() }),
  ),
  /** What was written down at the close less what its entries add up to: 0. */
  difference: Type.Integer(),
})
export type ClosedPeriod = Static<typeof ClosedPeriod>

export const CommissionState = OneOf('pending', 'confirmed', 'settled')
export type CommissionState = Static<typeof CommissionState>

export const StatementEntry = Type.Object({
  entryId: Type.String(),
  at: Type.String(),
  orderId: Type.String(),
  placedAt: Type.String(),
  credit: Credit,
  kind: OneOf('earn', 'reversal', 'correction'),
  refundId: Type.Optional(Type.String()),
  base: Type.Integer(),
  rate: Type.Integer(),
  ruleId: Type.String(),
  ruleVersion: Type.Integer(),
  amount: Type.Integer(),
  state: CommissionState,
})
export type StatementEntry = Static<typeof StatementEntry>

/** `GET /open/v1/commission/statements/{guideId}?period=` */
export const Statement = Type.Object({
  guideId: Type.String(),
  period: Type.String(),
  /** Open: entries of the month, and of those before, that no close has settled yet. */
  state: OneOf('open', 'closed'),
  entries: Type.Array(StatementEntry),
  sales: Type.Integer(),
  service: Type.Integer(),
  total: Type.Integer(),
})
export type Statement = Static<typeof Statement>

/** `POST /open/v1/commission-rules/recompute` */
export const RecomputeWish = Type.Object(
  { from: Type.String(), to: Type.String(), reason: Reason, by: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
)
export const Recomputed = Type.Object({ orders: Type.Integer() })

/** `POST /open/v1/commission-rules/simulate`: without a period, last month. */
export const SimulationWish = Type.Object(
  {
    rules: Type.Array(CommissionRuleRecord, { minItems: 1, maxItems: 500 }),
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type SimulationWish = Static<typeof SimulationWish>

const Outcome = Type.Object({ sales: Type.Integer(), service: Type.Integer() })

/** What would be left to guides after refunds: under the rules that stand, and with the given ones among them. */
export const Simulation = Type.Object({
  from: Type.String(),
  to: Type.String(),
  orders: Type.Integer(),
  current: Outcome,
  proposed: Outcome,
  rows: Type.Array(Type.Object({ guideId: Type.String(), current: Outcome, proposed: Outcome })),
})
export type Simulation = Static<typeof Simulation>

const EarningSums = Type.Object({ amount: Type.Integer(), orders: Type.Integer() })

/** One order of 收益, with every step of its formula. */
export const EarnedOrder = Type.Object({
  orderId: Type.String(),
  placedAt: Type.String(),
  storeName: Type.Optional(Type.String()),
  paidAmount: Type.Integer(),
  amount: Type.Integer(),
  state: CommissionState,
  steps: Type.Array(
    Type.Object({
      at: Type.String(),
      kind: OneOf('earn', 'reversal', 'correction'),
      amount: Type.Integer(),
      /** ¥899 × 5% = ¥44.95 */
      formula: Type.String(),
      ruleId: Type.String(),
      ruleVersion: Type.Integer(),
      /** What of the order the rule is for; absent: all of it. */
      products: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})
export type EarnedOrder = Static<typeof EarnedOrder>

/** `GET /api/earnings?month=`: the guide's own; without a month, of this one. */
export const Earnings = Type.Object({
  month: Type.String(),
  isCurrent: Type.Boolean(),
  today: Type.Object({ sales: EarningSums, service: EarningSums }),
  ofMonth: Type.Object({
    sales: Type.Object({ ...EarningSums.properties, ...CommissionSums.properties }),
    service: Type.Object({ ...EarningSums.properties, ...CommissionSums.properties }),
  }),
})
export type Earnings = Static<typeof Earnings>

/** `GET /api/earnings/orders?credit=&month=&cursor=`: the latest first. */
export const EarnedOrderPage = Type.Object({
  orders: Type.Array(EarnedOrder),
  nextCursor: Type.Optional(Type.String()),
})
export type EarnedOrderPage = Static<typeof EarnedOrderPage>
