import type { FieldValues } from './row-reader.ts'

/** `{'customer.phone': x}` → `{customer: {phone: x}}` */
export function nest(values: FieldValues): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    const dot = path.indexOf('.')
    if (dot === -1) {
      record[path] = value
      continue
    }
    const [outer, inner] = [path.slice(0, dot), path.slice(dot + 1)]
    const held = record[outer]
    const child: Record<string, unknown> = isObject(held) ? held : {}
    child[inner] = value
    record[outer] = child
  }
  return record
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
