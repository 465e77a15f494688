import Type from 'typebox'

/** An id given by another system: kept as sent, never parsed. */
export const Id = Type.String({ minLength: 1, maxLength: 128 })
export const Name = Type.String({ minLength: 1, maxLength: 200 })
/** Money in the currency's minor unit (fen). The bound leaves room to add millions of amounts exactly. */
export const Fen = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
/** RFC 3339 with offset, from the year 1000 on, without the `[zone]` that a format check alone lets pass. */
export const Time = Type.String({ format: 'date-time', pattern: '^[1-9]\\d{3}-[^\\[]+$' })
export const Url = Type.String({ format: 'uri', pattern: '^https?://[^/?#]', maxLength: 2048 })
/** WeCom's userid of an employee (doc 90195); compared without case. */
export const UserId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.@-]*$', minLength: 1, maxLength: 64 })
/** One of these words. */
export const OneOf = <const T extends string[]>(...words: T) => Type.Enum<T>(words)
