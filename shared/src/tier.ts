import Type, { type Static } from 'typebox'
import { Fen, Id, Name, OneOf } from './text.ts'

const strict = { additionalProperties: false } as const

export const TierBasis = OneOf('lifetime', 'rolling_3_months', 'current_month')
export type TierBasis = Static<typeof TierBasis>

/** Another threshold that is enough by itself: of what was spent on a brand, or in these stores. */
export const ScopedThreshold = Type.Object(
  {
    brand: Type.Optional(Name),
    storeIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000 })),
    threshold: Fen,
  },
  strict,
)
export type ScopedThreshold = Static<typeof ScopedThreshold>

/** One record of `PUT /open/v1/tiers`. */
export const TierRecord = Type.Object(
  {
    tier: Id,
    name: Name,
    rank: Type.Integer({ minimum: 0, maximum: 1000, description: 'Higher is better; no two tiers have the same' }),
    basis: TierBasis,
    threshold: Fen,
    thresholds: Type.Optional(
      Type.Array(ScopedThreshold, {
        maxItems: 200,
        description: 'Of a brand or a group of stores; any one of all thresholds is enough',
      }),
    ),
    graceDays: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 365, description: 'After the period ended; default 7' }),
    ),
    monthlyCouponId: Type.Optional(Id),
    active: Type.Optional(Type.Boolean({ description: 'Default true; false: nobody reaches or keeps it any more' })),
  },
  strict,
)
export type TierRecord = Static<typeof TierRecord>

/** One record of `PUT /open/v1/member-benefits`. */
export const BenefitRecord = Type.Object(
  {
    benefitId: Id,
    kind: OneOf('monthly_gift', 'member_day'),
    name: Name,
    couponId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'Issued by itself. A monthly gift needs one; a member day may be a day only',
      }),
    ),
    tiers: Type.Optional(Type.Array(Id, { maxItems: 100, description: 'Who gets it; default every member' })),
    monthDays: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 31 }), { maxItems: 31 })),
    weekdays: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7, description: '1 is Monday' }),
    ),
    active: Type.Optional(Type.Boolean({ description: 'Default true' })),
  },
  strict,
)
export type BenefitRecord = Static<typeof BenefitRecord>

/** `GET /open/v1/customers/{externalUserId}/tier-moves`, newest first. */
export const TierMoves = Type.Object({
  moves: Type.Array(
    Type.Object({
      at: Type.String(),
      from: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      cause: OneOf('reached', 'lapsed', 'told', 'retired', 'left'),
      basis: Type.Optional(TierBasis),
      brand: Type.Optional(Type.String()),
      storeIds: Type.Optional(Type.Array(Type.String())),
      /** Fen. */
      spend: Type.Optional(Type.Integer()),
      threshold: Type.Optional(Type.Integer()),
    }),
  ),
})
export type TierMoves = Static<typeof TierMoves>

/** On a member's card. */
export const CardBenefits = Type.Object({
  tier: Type.Optional(
    Type.Object({
      name: Type.String(),
      /** crm: its record names the tier; rules: HQ's thresholds do. */
      source: OneOf('crm', 'rules'),
      since: Type.Optional(Type.String()),
    }),
  ),
  /** The next tier and how much is missing, fen; of `brand` where its threshold is nearest, or in some stores. */
  next: Type.Optional(
    Type.Object({
      name: Type.String(),
      missing: Type.Integer(),
      brand: Type.Optional(Type.String()),
      inStores: Type.Optional(Type.Boolean()),
    }),
  ),
  /** locked: no paid order yet this month; coming: earned, not issued yet. */
  gift: Type.Optional(Type.Object({ name: Type.String(), state: OneOf('locked', 'coming', 'held', 'used') })),
  /** YYYY-MM-DD in Asia/Shanghai, today included. */
  memberDay: Type.Optional(Type.Object({ name: Type.String(), day: Type.String() })),
})
export type CardBenefits = Static<typeof CardBenefits>
