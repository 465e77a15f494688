import Type, { type Static } from 'typebox'

const KeptId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' })

/** Nobody looks at one customer for longer without looking away. */
export const LONGEST_OPEN_MS = 86_400_000

/**
 * `PUT /api/opens/{openId}`: the sidebar came in sight of a chat, and again as it went out of sight, then with
 * `lastedMs`. The page makes the id, so that telling it twice counts once.
 */
export const SidebarOpen = Type.Object(
  {
    externalUserId: Type.Optional(KeptId),
    chatId: Type.Optional(KeptId),
    lastedMs: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_OPEN_MS })),
  },
  { additionalProperties: false },
)
export type SidebarOpen = Static<typeof SidebarOpen>

/** What one guide, or all of them, did in a period. */
const ProcessSums = Type.Object({
  /** How often the sidebar was in sight of a customer or a group, for how long in all, and of how many customers. */
  sidebarOpens: Type.Integer(),
  openMs: Type.Integer(),
  customers: Type.Integer(),
  tagsAdded: Type.Integer(),
  remarksWritten: Type.Integer(),
  /** What went into a chat, by what it was (product, coupon, invitation …). */
  shares: Type.Record(Type.String(), Type.Integer()),
})
export type ProcessSums = Static<typeof ProcessSums>

/** `GET /open/v1/reports/process?from=&to=`: guides who did anything. */
export const ProcessReport = Type.Object({
  rows: Type.Array(Type.Object({ guideId: Type.String(), ...ProcessSums.properties })),
  total: ProcessSums,
})
export type ProcessReport = Static<typeof ProcessReport>
