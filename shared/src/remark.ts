import Type, { type Static } from 'typebox'
import { MOST_PHONES } from './limits.ts'

/** A phone the guide noted: shown masked, kept or dropped by its key. */
export const NotedPhone = Type.Object({ key: Type.String(), masked: Type.String() })
export type NotedPhone = Static<typeof NotedPhone>

/** `GET /api/customers/{externalUserId}/remark`: what the viewer noted about a friend. Empty text: nothing. */
export const RemarkView = Type.Object({
  remark: Type.String(),
  description: Type.String(),
  /** Absent for WeCom users, of whom none can be noted. */
  company: Type.Optional(Type.String()),
  phones: Type.Array(NotedPhone),
})
export type RemarkView = Static<typeof RemarkView>

const strict = { additionalProperties: false } as const
const Text = Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' })
const TextChange = Type.Object({ from: Text, to: Text }, strict)
const Key = Type.String({ minLength: 1, maxLength: 64 })

/**
 * `PUT /api/customers/{externalUserId}/remark`: only what changes, each with what the guide saw before. What is in
 * WeCom by then, and neither, wins: 409 `remark_changed`.
 */
export const RemarkChange = Type.Object(
  {
    remark: Type.Optional(TextChange),
    description: Type.Optional(TextChange),
    company: Type.Optional(TextChange),
    phones: Type.Optional(
      Type.Object(
        {
          from: Type.Array(Key, { maxItems: 100 }),
          to: Type.Array(
            Type.Union([
              Type.Object({ key: Key }, strict),
              Type.Object({ number: Type.String({ minLength: 1, maxLength: 30 }) }, strict),
            ]),
            { maxItems: MOST_PHONES },
          ),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type RemarkChange = Static<typeof RemarkChange>
