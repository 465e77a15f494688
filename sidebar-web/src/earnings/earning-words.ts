import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { CommissionState, EarnedOrder } from '@zhanggui/shared/commission.ts'

export const credits: Record<Credit, string> = { sales: '销售单', service: '服务单' }

/** What a state means for the one who waits for the money. */
export const states: Record<CommissionState, { name: string; means: string }> = {
  pending: { name: '待确认', means: '还在退货期里' },
  confirmed: { name: '已确认', means: '过了退货期,等月底结算' },
  settled: { name: '已结算', means: '写进了结算单' },
}

export const kinds: Record<EarnedOrder['steps'][number]['kind'], string> = {
  earn: '成交',
  reversal: '退货冲回',
  correction: '更正',
}

/** Every fen shows: 45.00 without its sign and currency would be a number like any other. */
export function exactYuan(fen: number): string {
  const whole = String(Math.floor(Math.abs(fen) / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '−' : ''}¥${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** 天鹅项链、雪花耳钉 等 5 样 */
export function thingsWords(products: readonly string[]): string {
  const names = [...new Set(products)]
  return names.length > 2 ? `${names.slice(0, 2).join('、')} 等 ${names.length} 样` : names.join('、')
}

/** All that was earned is back with the customer's money. */
export function isGivenBack({ amount, steps }: Pick<EarnedOrder, 'amount' | 'steps'>): boolean {
  return amount === 0 && steps.some(({ kind }) => kind === 'reversal')
}

/** 2026年9月 */
export function monthName(month: string): string {
  const [year, number] = month.split('-')
  return `${year}年${Number(number)}月`
}

/** The month before or after, YYYY-MM. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7)
}
