/** ¥10, in fen. */
const LEAST_VALUE = 1000

interface Template {
  kind: 'amount' | 'percent' | 'gift'
  value: number
  minimumSpend: number
}

/** A tier's monthly coupon asks for no minimum spend, and is worth something. */
export function isSuitableMonthly({ kind, value, minimumSpend }: Template): boolean {
  return minimumSpend === 0 && (kind !== 'amount' || value >= LEAST_VALUE)
}
