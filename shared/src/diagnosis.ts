import Type, { type Static } from 'typebox'

const KeptId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[^\\u0000]+$' })

/** `GET /api/diagnosis`: the page as it stands. */
export const DiagnosisQuery = Type.Object({
  url: Type.String({ minLength: 1, maxLength: 2048 }),
  externalUserId: Type.Optional(KeptId),
  chatId: Type.Optional(KeptId),
})
export type DiagnosisQuery = Static<typeof DiagnosisQuery>

/** What the server sees of a page somebody asks about. Nothing in it is secret, and nothing of a customer. */
export const Diagnosis = Type.Object({
  at: Type.String(),
  userId: Type.String(),
  role: Type.String(),
  storeId: Type.Optional(Type.String()),
  corpId: Type.String(),
  agentId: Type.String(),
  /** Where the server thinks it is. */
  publicOrigin: Type.String(),
  /** Whether a signature for the page's URL is given. */
  signable: Type.Boolean(),
  /** `ok`, or WeCom's errcode or the class of what went wrong. */
  agentTicket: Type.String(),
  corpTicket: Type.String(),
  /** `visible`, or the code of the refusal. */
  customer: Type.Optional(Type.String()),
  group: Type.Optional(Type.String()),
  userAgent: Type.String(),
})
export type Diagnosis = Static<typeof Diagnosis>
