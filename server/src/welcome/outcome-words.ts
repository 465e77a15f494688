import type { WelcomeOutcome } from '@zhanggui/shared/customer.ts'

const titles: Record<WelcomeOutcome, string> = {
  sent: '欢迎语已送达',
  raced: '欢迎语由别处发出',
  expired: '欢迎语没有发出',
  failed: '欢迎语没有发出',
  no_code: '没有发欢迎语的机会',
}

const FAILED = '企业微信没有接受'

const reasons: Partial<Record<WelcomeOutcome, string>> = {
  raced: '另一个应用或后台的欢迎语抢先了',
  expired: '超过了企业微信的 20 秒',
  failed: FAILED,
  no_code: '以前加过,或后台已设了欢迎语',
}

/** What a guide can make of WeCom's refusal (doc 90313). */
const failures: Record<number, string> = {
  [-1]: '企业微信当时太忙',
  45009: '企业微信限制了发送次数',
  45033: '企业微信当时太忙',
  48002: '应用没有客户联系的权限,请告诉管理员',
  60020: '服务器地址不在可信名单里,请告诉管理员',
  84061: '对方那时已不是好友',
}

export function welcomeTitle(outcome: WelcomeOutcome): string {
  return titles[outcome]
}

/** Why it was not sent; undefined when it was. */
export function welcomeReason(outcome: WelcomeOutcome, errcode: number | null): string | undefined {
  if (outcome === 'failed' && errcode !== null) return failures[errcode] ?? FAILED
  return reasons[outcome]
}
