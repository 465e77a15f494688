import Type from 'typebox'

/** An id given by another system: kept as sent, never parsed. */
export const Id = Type.String({ minLength: 1, maxLength: 128 })
export const Name = Type.String({ minLength: 1, maxLength: 200 })
/** Money in the currency's minor unit (fen). */
export const Fen = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** RFC 3339 with offset. */
export const Time = Type.String({ format: 'date-time' })
export const Url = Type.String({ format: 'uri', pattern: '^https?://', maxLength: 2048 })
/** One of these words. */
export const OneOf = <const T extends string[]>(...words: T) => Type.Enum(words)
