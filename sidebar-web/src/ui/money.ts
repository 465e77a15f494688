function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** ¥1,280 or ¥12.50 from fen; the fen are written only when there are any. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const rest = Math.abs(fen) % 100
  return `${sign}¥${grouped(whole)}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`
}

/** For sums in narrow columns: whole yuan, and 万 from a million on. */
export function roundYuan(fen: number): string {
  const whole = Math.round(fen / 100)
  if (Math.abs(whole) < 1_000_000) return `¥${grouped(whole)}`
  return `¥${(whole / 10_000).toFixed(whole < 10_000_000 ? 1 : 0).replace(/\.0$/, '')}万`
}
