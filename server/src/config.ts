export interface CallbackKeys {
  token: string
  aesKey: string
}

export interface Config {
  /** Undefined: embedded Postgres under `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  host: string
  port: number
  /** Origin without a trailing slash. */
  publicUrl: string
  wecom: {
    corpId: string
    agentId: string
    agentSecret: string
    apiUrl: string
    oauthUrl: string
  }
  callbackKeys: CallbackKeys
  contactsCallbackKeys: CallbackKeys | undefined
  /** Newest first: the first signs, all verify. */
  sessionSecrets: readonly string[]
  dataKey: Buffer
  openApiKeys: readonly { name: string; key: string }[]
  hqUserIds: readonly string[]
  welcomeText: string
  welcomeMemberText: string
  inviteTitle: string
  inviteUrl: string | undefined
  sms: { url: string; token: string } | undefined
  domainProof: { name: string; content: string } | undefined
  /** Who is credited for what no till named a guide for; a share counts for so many days. */
  attribution: { rule: 'owner_first' | 'sharer_first'; windowDays: number }
  /** A commission is confirmed so many days after the sale. */
  refundWindowDays: number
  role: 'web' | 'worker' | 'both'
  logLevel: string
}

/** Every bad setting at once, so that an admin mends them in one go. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`${faults.length} bad setting(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

const WELCOME_TEXT =
  '{customer}您好,我是{store}的{guide}。挑款、预留、保养都可以找我,也欢迎点开下面的邀请开一张会员卡。回复“退订”我就不再打扰。'
const WELCOME_MEMBER_TEXT =
  '{customer}您好,我是{store}的{guide},以后由我为您服务。您的会员积分和优惠券都可以问我。回复“退订”我就不再打扰。'
const INVITE_TITLE = '30 秒开会员卡,领入会礼'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads and checks the whole environment. Throws ConfigError naming every bad setting. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const faults: string[] = []
  const fault = (name: string, says: string) => faults.push(`${name} ${says}`)
  const given = (name: string): string | undefined => env[name]?.trim() || undefined

  const required = (name: string, hint: string): string => {
    const value = given(name)
    if (value === undefined) fault(name, `is missing: ${hint}`)
    return value ?? ''
  }

  const origin = (name: string, value: string, { httpsOnly = false, withPath = false } = {}): string => {
    if (!value) return value
    let url: URL
    try {
      url = new URL(value)
    } catch {
      fault(name, `must be a URL such as https://guide.example.com, is ${JSON.stringify(value)}`)
      return value
    }
    if (url.protocol !== 'https:' && url.protocol !== 'http:') fault(name, 'must begin with https:// or http://')
    else if (httpsOnly && url.protocol !== 'https:' && !isLoopback(url.hostname))
      fault(name, 'must be https (plain http is for this machine only)')
    if (!withPath && (url.pathname !== '/' || url.search || url.hash)) fault(name, 'must be an origin, without a path')
    return value.replace(/\/+$/, '')
  }

  const aesKey = (name: string, value: string): string => {
    if (value && !/^[0-9A-Za-z]{43}$/.test(value))
      fault(name, `must be 43 letters and digits (EncodingAESKey), has ${value.length} characters`)
    return value
  }
  const token = (name: string, value: string): string => {
    if (value && !/^[0-9A-Za-z]{1,32}$/.test(value)) fault(name, 'must be 1 to 32 letters and digits')
    return value
  }

  const portText = given('PORT') ?? '8080'
  const port = Number(portText)
  if (!/^\d+$/.test(portText) || port > 65_535)
    fault('PORT', `must be a number from 0 to 65535, is ${JSON.stringify(portText)}`)

  const databaseUrl = given('DATABASE_URL')
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) fault('DATABASE_URL', 'must begin with postgres://')

  const agentId = required('WECOM_AGENT_ID', 'the AgentId on the app’s page in the admin console')
  if (agentId && !/^\d+$/.test(agentId)) fault('WECOM_AGENT_ID', 'must be digits')

  const contactsToken = given('WECOM_CONTACTS_TOKEN')
  const contactsKey = given('WECOM_CONTACTS_AES_KEY')
  if ((contactsToken === undefined) !== (contactsKey === undefined))
    fault('WECOM_CONTACTS_TOKEN', 'and WECOM_CONTACTS_AES_KEY must be given together')

  const sessionSecrets = required('SESSION_SECRET', 'at least 32 random characters')
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean)
  for (const [index, secret] of sessionSecrets.entries())
    if (secret.length < 32)
      fault('SESSION_SECRET', `entry ${index + 1} must have at least 32 characters, has ${secret.length}`)

  const dataKeyText = required('DATA_KEY', '32 random bytes as base64 (openssl rand -base64 32)')
  const dataKey = Buffer.from(dataKeyText, 'base64')
  if (dataKeyText && dataKey.length !== 32) fault('DATA_KEY', `must be 32 bytes as base64, is ${dataKey.length}`)

  const openApiKeys = list(given('OPEN_API_KEYS')).map((entry) => {
    const [name = '', key = ''] = splitOnce(entry, ':')
    if (!name || key.length < 16)
      fault('OPEN_API_KEYS', 'must be name:key[,name:key] with keys of at least 16 characters')
    return { name, key }
  })

  const smsUrl = given('SMS_URL')
  const smsToken = given('SMS_TOKEN')
  if (smsUrl && !smsToken) fault('SMS_TOKEN', 'is missing: SMS_URL needs its bearer token')

  const proof = given('WW_VERIFY')
  const [proofName = '', proofContent = ''] = proof ? splitOnce(proof, ':') : []
  if (proof && (!/^[0-9A-Za-z]+$/.test(proofName) || !proofContent)) fault('WW_VERIFY', 'must be name:content')

  const role = given('ROLE') ?? 'both'
  if (role !== 'web' && role !== 'worker' && role !== 'both')
    fault('ROLE', `must be web or worker, is ${JSON.stringify(role)}`)

  const rule = given('ATTRIBUTION') ?? 'owner_first'
  if (rule !== 'owner_first' && rule !== 'sharer_first')
    fault('ATTRIBUTION', `must be owner_first or sharer_first, is ${JSON.stringify(rule)}`)

  const days = (name: string, byDefault: number): number => {
    const value = given(name) ?? String(byDefault)
    if (!/^\d{1,3}$/.test(value)) fault(name, `must be a number of days from 0 to 999, is ${JSON.stringify(value)}`)
    return Number(value)
  }

  const logLevel = given('LOG_LEVEL') ?? 'info'
  if (!LOG_LEVELS.includes(logLevel)) fault('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`)

  const inviteUrl = given('INVITE_URL')
  if (inviteUrl && !/^https?:\/\//.test(inviteUrl)) fault('INVITE_URL', 'must begin with https:// or http://')

  const config: Config = {
    databaseUrl,
    dataDir: given('DATA_DIR') ?? '.data',
    host: given('HOST') ?? '127.0.0.1',
    port,
    publicUrl: origin('PUBLIC_URL', required('PUBLIC_URL', 'the https origin customers and WeCom reach'), {
      httpsOnly: true,
    }),
    wecom: {
      corpId: required('WECOM_CORP_ID', 'the corp’s id: 我的企业 → 企业信息, at the bottom'),
      agentId,
      agentSecret: required('WECOM_AGENT_SECRET', 'the Secret on the app’s page in the admin console'),
      apiUrl: origin('WECOM_API_URL', given('WECOM_API_URL') ?? 'https://qyapi.weixin.qq.com', { withPath: true }),
      oauthUrl: origin('WECOM_OAUTH_URL', given('WECOM_OAUTH_URL') ?? 'https://open.weixin.qq.com', { withPath: true }),
    },
    callbackKeys: {
      token: token('WECOM_CALLBACK_TOKEN', required('WECOM_CALLBACK_TOKEN', 'the Token of 接收消息')),
      aesKey: aesKey('WECOM_CALLBACK_AES_KEY', required('WECOM_CALLBACK_AES_KEY', 'the EncodingAESKey of 接收消息')),
    },
    contactsCallbackKeys:
      contactsToken && contactsKey
        ? {
            token: token('WECOM_CONTACTS_TOKEN', contactsToken),
            aesKey: aesKey('WECOM_CONTACTS_AES_KEY', contactsKey),
          }
        : undefined,
    sessionSecrets,
    dataKey,
    openApiKeys,
    hqUserIds: list(given('HQ_USER_IDS')),
    welcomeText: given('WELCOME_TEXT') ?? WELCOME_TEXT,
    welcomeMemberText: given('WELCOME_MEMBER_TEXT') ?? WELCOME_MEMBER_TEXT,
    inviteTitle: given('INVITE_TITLE') ?? INVITE_TITLE,
    inviteUrl,
    sms: smsUrl && smsToken ? { url: origin('SMS_URL', smsUrl, { withPath: true }), token: smsToken } : undefined,
    domainProof: proof ? { name: proofName, content: proofContent } : undefined,
    attribution: {
      rule: rule === 'sharer_first' ? rule : 'owner_first',
      windowDays: days('ATTRIBUTION_WINDOW_DAYS', 7),
    },
    refundWindowDays: days('REFUND_WINDOW_DAYS', 7),
    role: role === 'web' || role === 'worker' ? role : 'both',
    logLevel,
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return config
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
