import type { Simulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { hqMember } from './data/guides.ts'
import type { DemoSettings, Ports } from './settings.ts'

/** Settings of the product that a developer's shell may hold and that must not reach the demo. */
const PRODUCT_SETTING =
  /^(DATABASE_URL|DATA_DIR|HOST|PORT|PUBLIC_URL|WECOM_.*|SESSION_SECRET|DATA_KEY|OPEN_API_KEYS|HQ_USER_IDS|WELCOME_.*|INVITE_.*|SMS_.*|WW_VERIFY|ROLE|LOG_LEVEL)$/

export interface DemoPlaces {
  dataDir: string
  host: string
  ports: Ports
  /** What customers and WeCom reach: the origin of the simulated web view. */
  publicUrl: string
  simulator: Simulator
}

export function serverEnv(settings: DemoSettings, places: DemoPlaces): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !PRODUCT_SETTING.test(name))
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: 'production',
    DATA_DIR: places.dataDir,
    HOST: places.host,
    PORT: String(places.ports.server),
    PUBLIC_URL: places.publicUrl,
    WECOM_CORP_ID: settings.corpId,
    WECOM_AGENT_ID: settings.agentId,
    WECOM_AGENT_SECRET: settings.agentSecret,
    WECOM_CALLBACK_TOKEN: settings.callback.token,
    WECOM_CALLBACK_AES_KEY: settings.callback.aesKey,
    WECOM_CONTACTS_TOKEN: settings.contactsCallback.token,
    WECOM_CONTACTS_AES_KEY: settings.contactsCallback.aesKey,
    WECOM_API_URL: places.simulator.url,
    WECOM_OAUTH_URL: places.simulator.url,
    SESSION_SECRET: settings.sessionSecret,
    DATA_KEY: settings.dataKey,
    OPEN_API_KEYS: `demo:${settings.openApiKey}`,
    HQ_USER_IDS: hqMember.userId,
    SMS_URL: places.simulator.smsUrl,
    SMS_TOKEN: settings.smsToken,
  }
}
