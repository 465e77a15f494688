import { formatDay, formatUntil } from '../wording/days.ts'
import { formatFen } from '../wording/money.ts'

export interface Worth {
  kind: 'amount' | 'percent' | 'gift'
  /** Fen off, or percent off; for a gift its worth in fen. */
  value: number
  minimumSpend: number
}

/** ¥100, 8.5折, 礼品. */
export function worthWords({ kind, value }: Worth): string {
  if (kind === 'amount') return formatFen(value)
  if (kind === 'percent') return `${(100 - value) / 10}折`
  return '礼品'
}

export function conditionWords({ kind, value, minimumSpend }: Worth): string {
  const condition = minimumSpend > 0 ? `满 ${formatFen(minimumSpend)} 可用` : '无门槛'
  return kind === 'gift' && value > 0 ? `价值 ${formatFen(value)} · ${condition}` : condition
}

/** First and last moment, for the reader to join. */
export function validityWords(validFrom: Date, validTo: Date): [from: string, until: string] {
  return [formatDay(validFrom), formatUntil(validTo)]
}

export function redeemWords(redeemAt: 'store' | 'mall' | 'both', storeNames: readonly string[]): string {
  if (redeemAt === 'mall') return '线上商城'
  const stores = storeNames.length > 0 ? storeNames.join('、') : '各门店'
  return redeemAt === 'store' ? stores : `${stores}和线上商城`
}

export const usageWords = {
  store: '到店结账时出示券码',
  mall: '在商城下单时填写券码',
  both: '到店结账时出示,或在商城下单时填写券码',
} as const
