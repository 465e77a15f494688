import { WeComError, type WeComProblem } from '../wecom/wecom-error.ts'
import { ApiError, type ApiErrorCode } from './api-error.ts'

/** What happened, and what to do now. `details` is for whoever is asked for help. */
interface ProblemWords {
  what: string
  next: string
  details: string
}

const api: Partial<Record<ApiErrorCode, [what: string, next: string]>> = {
  unreachable: ['网络不通', '看看信号或无线网,再点重试。'],
  too_slow: ['网络太慢,没有等到', '换个信号好的地方,再点重试。'],
  unreadable: ['没有读到内容', '再点重试;一直这样就告诉管理员。'],
  unavailable: ['服务正忙', '稍等几秒,再点重试。'],
  internal: ['服务出了点问题', '稍后再试;一直这样就告诉管理员。'],
  too_many_requests: ['点得太快了', '歇几秒再试。'],
  sign_in_loop: ['没能登录', '登录试了几次都没成功。点下面的按钮再来一次;还不行就告诉管理员。'],
  unauthenticated: ['登录过期了', '点重试,会自动登录。'],
  account_inactive: ['你的账号现在用不了', '账号停用、离职,或不在应用的可见范围里。请找管理员,恢复后再打开。'],
  staff_only: ['只有本公司的同事能用', '请用自己的企业微信账号打开。'],
  forbidden: ['你没有权限看', '需要的话,请管理员开通。'],
  customer_not_visible: ['看不到这位顾客', 'TA 还不是你的好友,或者已经交给同事。刚加上的话,等几秒再点重试。'],
  customer_erased: ['这位顾客的资料已删除', '按顾客的要求删的,聊天不受影响。重新加好友后会当作新顾客。'],
  phone_not_allowed: ['不能看手机号', '归属导购、店长和总部才能看。'],
  phone_unknown: ['没有手机号', '顾客还没留过手机号。'],
  not_a_friend: ['你和 TA 不是好友', '只有 TA 的好友导购能改。'],
  tag_unknown: ['这个标签已经被删掉了', '换一个标签。'],
  group_not_visible: ['看不到这个群', '只有群主、管理员、群里的导购和店长能看。刚进群的话,等几秒再点重试。'],
  wecom_failed: ['企业微信那边没有答应', '稍后再试;一直这样就告诉管理员。'],
  wecom_unreachable: ['连不上企业微信', '稍等一下,再点重试。'],
}

const wecom: Partial<Record<WeComProblem, [what: string, next: string]>> = {
  silent: ['企业微信没有回应', '点重试;还不行就退出聊天再进来一次。'],
  no_permission: ['应用还没有客户联系权限', '请管理员在“客户联系 · 可调用接口的应用”里加上掌柜,并确认你在使用范围里。'],
  out_of_scope: ['你还不在应用的可见范围里', '请管理员在应用的可见范围里加上你。'],
  bad_signature: ['企业微信没有通过验证', '点重试;还不行就把详情发给管理员。'],
  untrusted_domain: ['这个网址还没有被企业微信信任', '请管理员检查应用的可信域名。'],
  bad_setup: ['应用的设置不对', '请把详情发给管理员。'],
  unsupported: ['这个企业微信版本太旧', '升级企业微信,再打开侧边栏。'],
}

export function problemWords(error: unknown): ProblemWords {
  if (error instanceof WeComError) {
    const [what, next] = wecom[error.problem] ?? ['企业微信没有给出客户信息', '点重试;还不行就把详情发给管理员。']
    return { what, next, details: `${error.problem} ${error.folded}`.trim() }
  }
  if (error instanceof ApiError) {
    const [what, next] = api[error.code] ?? ['没有成功', '再点重试;一直这样就告诉管理员。']
    return { what, next, details: [error.code, error.status || '', error.detail ?? ''].join(' ').trim() }
  }
  return {
    what: '页面出了点问题',
    next: '点重试;还不行就重新打开侧边栏。',
    details: error instanceof Error ? error.message : '',
  }
}
