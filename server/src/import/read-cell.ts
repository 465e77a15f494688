import { readDecimal, roundTo } from './decimal.ts'
import type { FieldType } from './fields.ts'

export interface CellWorld {
  readTime(text: string): string
  /** Digits of the minor unit in a money cell: 0 where it counts fen, 2 where it says 12.50. */
  moneyDecimals: number
}

const TRUE = new Set(['true', '1', 'y', 'yes', 't', '是', '对', '√'])
const FALSE = new Set(['false', '0', 'n', 'no', 'f', '否', '错', '×'])

/** The value of a cell. What cannot be read as its type stays a text, and the record's schema refuses it by name. */
export function readCell(text: string, type: FieldType, { readTime, moneyDecimals }: CellWorld): unknown {
  switch (type) {
    case 'text':
      return text
    case 'time':
      return readTime(text)
    case 'day':
      return readTime(text).slice(0, 10)
    case 'integer':
      return exact(text, 0)
    case 'money':
      return exact(text, moneyDecimals)
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
    case 'boolean': {
      const word = text.toLowerCase()
      return TRUE.has(word) ? true : FALSE.has(word) ? false : text
    }
    case 'list':
      return text.split(/[;|,、;,\s]+/u).filter(Boolean)
    case 'json':
      return readJson(text)
  }
}

function exact(text: string, decimals: number): number | string {
  // The usual case, at a fraction of the cost.
  if (decimals === 0 && /^-?\d{1,15}$/.test(text)) return Number(text)
  const decimal = readDecimal(text)
  if (!decimal) return text
  const { value, isExact } = roundTo(decimal, decimals)
  return isExact && Number.isSafeInteger(value) ? value : text
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
