import type { Diagnosis } from '@zhanggui/shared/diagnosis.ts'
import type { Trouble } from '../troubles/troubles.ts'

export interface PageFacts {
  now: Date
  url: string
  userAgent: string
  wecomVersion: string
  inWeCom: boolean
  online: boolean
  signedIn: boolean
  /** How WeCom says the sidebar was opened, or why it does not say. */
  entry: string
  chat: string
  build: string
}

export type Line = readonly [name: string, value: string]

/** What is shown and copied: two columns, nothing secret, no customer's name or id. */
export function diagnosisLines(page: PageFacts, server: Diagnosis | string | undefined, troubles: readonly Trouble[]) {
  const lines: Line[] = [
    ['时间', page.now.toISOString()],
    ['企业微信', page.inWeCom ? page.wecomVersion : '不在企业微信里'],
    ['打开位置', page.entry],
    ['聊天', page.chat],
    ['签名网址', page.url],
    ['网络', page.online ? '在线' : '离线'],
    ['登录', page.signedIn ? '已登录' : '没有登录'],
    ['页面版本', page.build],
    ['浏览器', page.userAgent],
  ]
  if (typeof server === 'string') lines.push(['服务器', server])
  else if (server)
    lines.push(
      ['服务器时间', server.at],
      ['导购', `${server.userId} · ${server.role}${server.storeId ? ` · ${server.storeId}` : ''}`],
      ['企业和应用', `${server.corpId} · ${server.agentId}`],
      ['服务器域名', server.publicOrigin],
      ['网址可签名', server.signable ? '是' : '否'],
      ['应用票据', server.agentTicket],
      ['企业票据', server.corpTicket],
      ...(server.customer ? [['这位顾客', server.customer] as const] : []),
      ...(server.group ? [['这个群', server.group] as const] : []),
    )
  for (const { at, what } of troubles) lines.push([`出错 ${at.toISOString().slice(11, 19)}Z`, what])
  return lines
}
