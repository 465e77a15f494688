import type { CallbackKeys } from '../../config.ts'
import { APP_MENU } from '../../wecom/refusals.ts'
import { type Check, type Finding, fail, ok, warn } from '../check.ts'
import { guessBits } from '../strength.ts'

const GROUP = '设置'
/** Below the first somebody with a few machines gets in; below the second it is not what a generator makes. */
const GUESSABLE_BITS = 40
const WEAK_BITS = 60

interface Judged {
  name: string
  bits: number
  fix: string
}

function judge(secrets: readonly Judged[], strong: string): Finding {
  const weak = secrets.filter(({ bits }) => bits < WEAK_BITS)
  if (weak.length === 0) return ok(strong)
  const names = weak.map(({ name }) => name).join('、')
  const fixes = [...new Set(weak.map(({ name, fix }) => `${name}:${fix}`))]
  return weak.some(({ bits }) => bits < GUESSABLE_BITS)
    ? fail(`${names} 太容易猜`, ...fixes)
    : warn(`${names} 偏短或有规律`, ...fixes)
}

export const ownSecrets: Check = {
  id: 'own-secrets',
  group: GROUP,
  title: '密钥强度',
  needs: ['settings'],
  async run({ config }) {
    const sessions = config.sessionSecrets.map((secret, index) => ({
      name: config.sessionSecrets.length > 1 ? `SESSION_SECRET 第 ${index + 1} 个` : 'SESSION_SECRET',
      bits: guessBits(secret),
      fix: 'openssl rand -hex 32 生成新的,放在最前面,旧的留一天再删',
    }))
    const dataKey = {
      name: 'DATA_KEY',
      bits: guessBits(config.dataKey.toString('latin1')),
      fix: '要用 openssl rand -base64 32 生成。已经存过手机号的,换了就读不出来,请先找开发者',
    }
    return judge([...sessions, dataKey], 'SESSION_SECRET、DATA_KEY 够强')
  },
}

export const callbackKeys: Check = {
  id: 'callback-keys',
  group: GROUP,
  title: '回调密钥强度',
  needs: ['settings'],
  async run({ config }) {
    const app = judged('WECOM_CALLBACK', config.callbackKeys, `${APP_MENU} → 接收消息 → 设置API接收`)
    const contacts = config.contactsCallbackKeys
      ? judged(
          'WECOM_CONTACTS',
          config.contactsCallbackKeys,
          '管理后台 → 安全与管理 → 管理工具 → 通讯录同步 → 接收事件服务器',
        )
      : []
    return judge([...app, ...contacts], 'Token 和 EncodingAESKey 够强')
  },
}

/** Signs what comes in, so whoever guesses it can tell us of friends that do not exist. */
function judged(prefix: string, { token, aesKey }: CallbackKeys, menu: string): Judged[] {
  const fix = `${menu},点“随机获取”,抄进 .env 后重启,再回来保存`
  return [
    { name: `${prefix}_TOKEN`, bits: guessBits(token), fix },
    { name: `${prefix}_AES_KEY`, bits: guessBits(aesKey), fix },
  ]
}

export const openApiKeys: Check = {
  id: 'open-api-keys',
  group: GROUP,
  title: '开放接口的钥匙',
  needs: ['settings'],
  async run({ config: { openApiKeys: keys } }) {
    if (keys.length === 0) return warn('一把也没有,收银和商城推不进数据', '用得上时设 OPEN_API_KEYS=名字:钥匙')
    const names = keys.map(({ name }) => name)
    const repeated = names.find((name, index) => names.indexOf(name) !== index)
    if (repeated !== undefined) return fail(`名字 ${repeated} 用了两次`, 'OPEN_API_KEYS 里每把钥匙起不同的名字')
    if (new Set(keys.map(({ key }) => key)).size < keys.length)
      return fail('有两家用同一把钥匙', 'OPEN_API_KEYS 里一家一把,丢了才好单独换')
    const fix = 'openssl rand -hex 24 生成新的,两边一起换'
    return judge(
      keys.map(({ name, key }) => ({ name: `钥匙 ${name}`, bits: guessBits(key), fix })),
      `${names.join('、')} 够强`,
    )
  },
}
