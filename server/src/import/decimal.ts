const DECIMAL = /^[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?$/

export interface Decimal {
  /** The number without its point. */
  digits: bigint
  /** How many of the digits stand behind the point. */
  scale: number
}

/** ¥1,234.50 and -3; undefined: no number. Brackets, as bookkeepers write a loss, are a minus. */
export function readDecimal(text: string): Decimal | undefined {
  const bare = text.normalize('NFKC').replace(/[\s¥$£€元]/g, '')
  const inBrackets = /^\((.+)\)$/.exec(bare)?.[1]
  const number = inBrackets ?? bare
  if (!DECIMAL.test(number)) return undefined
  const [whole = '', behind = ''] = number.replaceAll(',', '').split('.')
  const value = BigInt(whole.replace('+', '').replace('-', '') + behind)
  const isNegative = number.startsWith('-') !== (inBrackets !== undefined)
  return { digits: isNegative ? -value : value, scale: behind.length }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/** In units of 10^-decimals; a half goes away from zero. */
export function roundTo({ digits, scale }: Decimal, decimals: number): { value: number; isExact: boolean } {
  if (scale <= decimals) return { value: Number(digits * 10n ** BigInt(decimals - scale)), isExact: true }
  const unit = 10n ** BigInt(scale - decimals)
  const rest = digits % unit
  const isUp = (rest < 0n ? -rest : rest) * 2n >= unit
  const value = digits / unit + (isUp ? (digits < 0n ? -1n : 1n) : 0n)
  return { value: Number(value), isExact: rest === 0n }
}
