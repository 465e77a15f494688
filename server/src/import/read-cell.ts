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
  const plain = readPlain(text, decimals)
  if (plain !== undefined) return plain
  const decimal = readDecimal(text)
  if (!decimal) return text
  const { value, isExact } = roundTo(decimal, decimals)
  return isExact && Number.isSafeInteger(value) ? value : text
}

/** The usual case, 12.50, at a fraction of the cost: a minus, digits, a point, not too many of all. */
function readPlain(text: string, decimals: number): number | undefined {
  if (text.length > 15) return undefined
  const isNegative = text.startsWith('-')
  let value = 0
  let behind = -1
  for (let at = isNegative ? 1 : 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit === POINT && behind === -1 && at > (isNegative ? 1 : 0)) behind = 0
    else if (digit < 0 || digit > 9) return undefined
    else {
      value = value * 10 + digit
      if (behind >= 0) behind++
    }
  }
  const missing = decimals - Math.max(behind, 0)
  if (missing < 0 || text.length === (isNegative ? 1 : 0)) return undefined
  value *= 10 ** missing
  return isNegative ? 0 - value : value
}

const POINT = '.'.charCodeAt(0) - 48

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
