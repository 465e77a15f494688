import type { WecomError } from '../wecom/errors.ts'

/** What is wrong with a guide whom WeCom does not take (docs 90313, 92228); each ends the sentence her name begins. */
const aboutGuides = new Map([
  [41054, '还没有激活企业微信'],
  [40098, '还没有实名认证'],
  [84074, '还没有开通客户联系'],
  [40003, '不在企业微信通讯录里'],
  [46004, '不在企业微信通讯录里'],
  [60111, '不在应用的可见范围里'],
  [60011, '不在应用的可见范围里'],
])

const aboutCodes = new Map([
  [41041, '码后面的人太多了,最多 100 位'],
  [41045, '企业微信里的活码满了(50 万个),停用一些再试'],
  [41095, '获客链接的数量到上限了,停用一些再试'],
  [48002, '应用还没有客户联系权限,请管理员在“客户联系 · 可调用接口的应用”里加上掌柜'],
  [60020, '服务器地址还不在应用的企业可信 IP 里,请管理员加上'],
  [41200, '只有部分行业能用获客助手'],
  [41305, '企业还没有设置行业,请管理员先设置'],
])

/** Undefined: the refusal is about no single guide. */
export function wordsAboutGuide({ errcode }: WecomError): string | undefined {
  return errcode === undefined ? undefined : aboutGuides.get(errcode)
}

export function refusalWords({ errcode, failure }: WecomError): string {
  const known = errcode === undefined ? undefined : aboutCodes.get(errcode)
  if (known) return known
  return failure === 'configuration' ? '企业微信的设置不对,请把详情发给管理员' : '企业微信没有答应,请把详情发给管理员'
}

/** As the words about a guide: her name comes before. */
export const CANNOT_ADD = '现在加不了客户'
export const GONE = '这个码在企业微信那边已经没有了,请停用,再新建一个'
export const NOBODY_BEHIND = '门店里还没有导购,先把导购排进门店'
