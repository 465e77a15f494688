import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { describeFault } from './describe-fault.ts'
import { RecordFault } from './record-kind.ts'

// The default of 8 ends before a wrong attachment's own branch of the union has been heard.
Settings.Set({ maxErrors: 200 })

/** Compiles the schema once. The check gives the record back with its type, or throws RecordFault. */
export function recordCheck<Schema extends TSchema>(schema: Schema): (value: unknown) => Static<Schema> {
  const validator = Compile(schema)
  return (value) => {
    if (!validator.Check(value)) {
      const { code, detail } = describeFault(validator.Errors(value))
      throw new RecordFault(code, detail)
    }
    const path = findUnstorable(value)
    if (path !== undefined) throw new RecordFault('invalid_field', `${path} holds a character that cannot be stored`)
    return value
  }
}

/** The path of a text Postgres cannot hold: one with U+0000, or with half a surrogate pair. */
function findUnstorable(value: unknown): string | undefined {
  if (typeof value === 'string') return /\0|\p{Surrogate}/u.test(value) ? '' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, child] of Object.entries(value)) {
    const found = findUnstorable(child)
    if (found !== undefined) return `/${key}${found}`
  }
  return undefined
}
