import { type Config, ConfigError, readConfig } from '../config.ts'
import { APP_MENU } from '../wecom/refusals.ts'
import { type Finding, fail, ok } from './check.ts'

/** Where each setting comes from; .env.example says it at length. */
const sources: Record<string, string | undefined> = {
  PUBLIC_URL: '客户和企业微信访问的 https 域名,不带路径,如 https://guide.example.com',
  WECOM_CORP_ID: '管理后台 → 我的企业 → 企业信息 → 企业ID',
  WECOM_AGENT_ID: `${APP_MENU} → AgentId`,
  WECOM_AGENT_SECRET: `${APP_MENU} → Secret`,
  WECOM_CALLBACK_TOKEN: `${APP_MENU} → 接收消息 → 设置API接收 → Token`,
  WECOM_CALLBACK_AES_KEY: `${APP_MENU} → 接收消息 → 设置API接收 → EncodingAESKey`,
  WECOM_CONTACTS_TOKEN: '管理后台 → 安全与管理 → 管理工具 → 通讯录同步 → 设置接收事件服务器 → Token',
  WECOM_CONTACTS_AES_KEY: '管理后台 → 安全与管理 → 管理工具 → 通讯录同步 → 设置接收事件服务器 → EncodingAESKey',
  WECOM_API_URL: '一般不用设;私有部署才填',
  WECOM_OAUTH_URL: '一般不用设;私有部署才填',
  SESSION_SECRET: '至少 32 个随机字符:openssl rand -hex 32',
  DATA_KEY: '32 个随机字节:openssl rand -base64 32',
  OPEN_API_KEYS: '写成 名字:钥匙,多个用逗号隔开;钥匙用 openssl rand -hex 24 生成',
  DATABASE_URL: '以 postgres:// 开头;不设就用自带的数据库',
  PORT: '0 到 65535 的数字',
  SMS_TOKEN: '短信网关的令牌,和 SMS_URL 一起给',
  WW_VERIFY: `${APP_MENU} → 网页授权及JS-SDK → 申请校验域名,把 WW_verify_名字.txt 写成 名字:内容`,
  ROLE: '不设,或 web,或 worker',
  LOG_LEVEL: '不设,或 info、debug、warn、error',
}

/** Reads the whole environment as `npm start` does; every bad setting is named at once. */
export function checkSettings(env: NodeJS.ProcessEnv): { finding: Finding; config?: Config } {
  try {
    return { finding: ok('每一项都认得'), config: readConfig(env) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { finding: fail(`${error.faults.length} 项不对`, ...error.faults.map(describe)) }
  }
}

function describe(fault: string): string {
  const [name = '', ...rest] = fault.split(' ')
  const source = sources[name]
  return source ? `${name}:${source}(${rest.join(' ')})` : fault
}
