import type { CustomerCard } from '@zhanggui/shared/customer.ts'

const reasons = {
  expired: '企业微信只给 20 秒,这次没赶上',
  failed: '企业微信没有发成',
  no_code: '企业微信这次没给发欢迎语的机会',
}

/** 欢迎语已送达 · 0.4 秒, or what became of it instead. */
export function welcomeWords(welcome: NonNullable<CustomerCard['welcome']>): {
  good: boolean
  text: string
  why?: string
} {
  const { outcome, latencyMs, reason } = welcome
  if (outcome === 'sent') {
    const seconds = latencyMs === undefined ? '' : ` · ${(latencyMs / 1000).toFixed(1)} 秒`
    return { good: true, text: `欢迎语已送达${seconds}` }
  }
  if (outcome === 'raced') return { good: true, text: '欢迎语由别处发出', why: reason ?? '另一个应用抢先了' }
  return { good: false, text: '欢迎语未送达,打个招呼吧', why: reason ?? reasons[outcome] }
}
