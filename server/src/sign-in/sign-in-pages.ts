import type { Html } from '../pages/html.ts'
import { noticePage } from '../pages/layout.ts'
import type { WecomError } from '../wecom/errors.ts'

const startAgain = (next: string, label = '重新登录') => ({
  label,
  href: `/auth/start?next=${encodeURIComponent(next)}`,
})

export const staffOnlyPage: Html = noticePage({
  title: '仅限员工使用',
  says: '这里是导购的工作台。您若是本公司员工,请在企业微信里用自己的账号打开。',
})

export const inactivePage: Html = noticePage({
  title: '这个账号现在用不了掌柜',
  says: '账号已停用、离职,或不在应用的可见范围里。请联系管理员,恢复后重新打开就能用。',
  action: startAgain('/sidebar/', '我已恢复,再试一次'),
})

export function tooManyRestartsPage(next: string): Html {
  return noticePage({
    title: '登录没有完成',
    says: '企业微信给的登录凭证已经用过或过期。点下面的按钮再登录一次;还是不行,请关掉这个页面,从聊天侧边栏重新打开。',
    action: startAgain(next),
  })
}

export function notSignedInPage(next: string): Html {
  return noticePage({
    title: '还没有登录',
    says: '企业微信没有告诉我们您是谁。请在企业微信里打开,再登录一次。',
    action: startAgain(next),
  })
}

export const sessionNotKeptPage: Html = noticePage({
  title: '登录没有完成',
  says: '服务暂时出了问题,您的登录没有完成。请稍等一会儿再试。',
  action: startAgain('/sidebar/'),
})

export function wecomFailurePage(error: WecomError, next: string): Html {
  if (error.errcode === undefined)
    return noticePage({
      title: '暂时连不上企业微信',
      says: '不是您的问题。请过一分钟再试;一直这样,请告诉管理员。',
      action: startAgain(next, '再试一次'),
    })
  return noticePage({
    title: '企业微信没有同意这次登录',
    says: '多半是应用的设置还没配好。请把“详情”里的内容发给管理员,改好后再登录。',
    action: startAgain(next, '再试一次'),
    detail: error.detail,
  })
}
