export type Purpose = 'membership' | 'marketing'

export interface ConsentWording {
  purpose: Purpose
  /** Stored with each consent. A changed text gets a new version. */
  version: string
  title: string
  text: string
  required: boolean
}

/** What a customer is asked, one purpose at a time, none ticked beforehand. */
export const consentWordings: readonly ConsentWording[] = [
  {
    purpose: 'membership',
    version: '2026-11',
    title: '会员服务',
    text: '同意用以上信息为我开卡、记录消费和积分、提供售后。',
    required: true,
  },
  {
    purpose: 'marketing',
    version: '2026-11',
    title: '新品和优惠',
    text: '愿意收到新品和优惠消息,每天最多一条,回复“退订”就停。',
    required: false,
  },
]
