/** ¥899.00 × 5% = ¥44.95; what is given back is less than nothing. */
export function formulaOf({ base, rate, amount }: { base: number; rate: number; amount: number }): string {
  return `${yuan(base)} × ${rate / 100}% = ${yuan(amount)}`
}

/** Every fen shows: here they are what it is about. */
function yuan(fen: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  return `${fen < 0 ? '−' : ''}¥${(Math.abs(fen) / 100).toLocaleString('en-US', digits)}`
}
