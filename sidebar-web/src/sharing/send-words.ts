import { ApiError, type ApiErrorCode } from '../api/api-error.ts'
import { problemWords } from '../api/problem-words.ts'
import { isPhone } from '../wecom/device.ts'
import type { WeComProblem } from '../wecom/wecom-error.ts'

/** `ok` proves only that WeCom took the card, and where it lies now depends on the device. */
export function handedOverWords(userAgent: string): string {
  return isPhone(userAgent) ? '已交给企业微信' : '已放进聊天框,按发送即可'
}

const refusals: Partial<Record<ApiErrorCode, string>> = {
  coupon_out_of_stock: '这张券刚刚发完了,换一张吧',
  coupon_limit_reached: '这位顾客已经领满这张券了',
  coupon_not_valid: '这张券现在不能发,看看有效期',
  coupon_unknown: '这张券已经下架了',
  product_off_sale: '这件商品下架了,换一件吧',
  product_unknown: '这件商品下架了,换一件吧',
  already_member: 'TA 已经是会员了',
  request_id_reused: '没有发送,再点一次',
}

/** Nothing has been sent; why, in one line. */
export function notSentWords(error: unknown): string {
  if (!(error instanceof ApiError)) return '没有发送,再试一次'
  return refusals[error.code] ?? `没有发送:${problemWords(error).what}`
}

export function withdrawWords(error: unknown): string {
  if (error instanceof ApiError && error.code === 'coupon_already_opened') return '顾客已经打开这张券,撤不回了'
  return `没有撤回:${problemWords(error).what}`
}

interface Words {
  what: string
  next: string
}

const byProblem: Partial<Record<WeComProblem, Words>> = {
  unsupported: {
    what: '这个企业微信版本不能直接发',
    next: '把链接复制下来,粘贴到聊天框就行。升级企业微信后可以一键发送。',
  },
  no_permission: { what: '企业微信没让发送', next: '应用还没有发送权限,请把详情发给管理员。这一次先复制链接。' },
  out_of_scope: { what: '企业微信没让发送', next: '你还不在应用的可见范围里,请把详情发给管理员。这一次先复制链接。' },
  no_context: { what: '这里不是和顾客的聊天', next: '回到和 TA 的聊天,从工具栏打开侧边栏再发。' },
  bad_content: { what: '企业微信不接受这张卡片', next: '可能是图片或链接有问题。先复制链接发给 TA。' },
}

/** The sheet after WeCom did not take a card. `answered` is false while it still may. */
export function refusalWords(problem: WeComProblem, answered: boolean): Words {
  if (problem === 'silent') {
    return answered
      ? { what: '企业微信没有回应,没有发送', next: '稍等一下再试,或者先复制链接。' }
      : { what: '没有收到企业微信的回应', next: '先看看聊天框再试。聊天框里没有的话,可以复制链接发。' }
  }
  if (problem === 'unknown') {
    return { what: '不确定有没有发出去', next: '企业微信没说清楚。先看看聊天框,没有的话再试一次或复制链接。' }
  }
  return byProblem[problem] ?? { what: '企业微信没让发送', next: '先复制链接发给 TA,并把详情发给管理员。' }
}
