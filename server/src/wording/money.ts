/** 128000 fen → ¥1,280; 1250 → ¥12.50. */
export function formatFen(fen: number): string {
  const yuan = fen / 100
  const digits = Number.isInteger(yuan) ? 0 : 2
  return `¥${yuan.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}
