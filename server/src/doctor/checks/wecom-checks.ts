import { callerAddress, explainRefusal } from '../../wecom/refusals.ts'
import type { WecomAnswer } from '../../wecom/transport.ts'
import { type Check, type Finding, fail, ok, warn } from '../check.ts'
import { explainSilence } from '../http.ts'
import type { Tools } from '../tools.ts'

export const GROUP = '企业微信'
/** The Date header knows whole seconds, and the answer was under way for a while. */
const SKEW_WARN_MS = 10_000
/** From here on signatures and welcome codes go wrong. */
const SKEW_FAIL_MS = 60_000

/** What WeCom said no to, in words, with the place to mend it. */
export function refused(answer: WecomAnswer): Finding {
  const { says, fix } = explainRefusal(answer.errcode, callerAddress(answer.errmsg))
  return fail(`${says}(${answer.errcode})`, fix)
}

/** The one call that needs neither token nor permission: without a token it answers 41001. */
const ANYBODYS_CALL = '/cgi-bin/getcallbackip'

export const reachable: Check = {
  id: 'wecom-api',
  group: GROUP,
  title: '接口连得上',
  needs: ['settings'],
  async run({ config, http }) {
    const { apiUrl } = config.wecom
    const host = new URL(apiUrl).host
    try {
      const answer = await http.ask(apiUrl + ANYBODYS_CALL)
      if (/"errcode"/.test(answer.text)) return ok(`${host},${Math.round(answer.ms)} 毫秒`)
      return fail(`${host} 应答的不是企业微信(HTTP ${answer.status})`, '检查 WECOM_API_URL,和出口上的代理')
    } catch (error) {
      const silence = explainSilence(error)
      if (!silence) throw error
      return fail(`${host}:${silence.says}`, `让这台机器能访问 ${host} 的 443 端口(DNS、防火墙、出口代理)`)
    }
  },
}

export const clockSkew: Check = {
  id: 'clock',
  group: GROUP,
  title: '时间一致',
  needs: ['wecom-api'],
  async run({ config, http, clock }) {
    const { date, ms } = await http.ask(config.wecom.apiUrl + ANYBODYS_CALL)
    const theirs = Date.parse(date ?? '')
    if (Number.isNaN(theirs)) return warn('企业微信没有告诉时间', '用 timedatectl 看一眼本机的时间')
    // Their clock was read about half an answer ago, and cut to the second.
    const skew = clock.now().getTime() - ms / 2 - (theirs + 500)
    const words = `本机${skew > 0 ? '快' : '慢'}了 ${Math.round(Math.abs(skew) / 1000)} 秒`
    const fix = '打开自动对时:timedatectl set-ntp true'
    if (Math.abs(skew) >= SKEW_FAIL_MS) return fail(words, fix)
    return Math.abs(skew) >= SKEW_WARN_MS ? warn(words, fix) : ok('相差不到几秒')
  },
}

export const token: Check = {
  id: 'token',
  group: GROUP,
  title: '应用凭证',
  needs: ['wecom-api'],
  async run({ wecom }) {
    const answer = await wecom.token()
    if (answer.errcode !== 0) return refused(answer)
    return typeof answer.access_token === 'string' && answer.access_token
      ? ok('企业 ID 和 Secret 对得上')
      : fail('应答里没有凭证', '检查 WECOM_API_URL 是不是企业微信')
  },
}

export const trustedIp: Check = {
  id: 'trusted-ip',
  group: GROUP,
  title: '企业可信IP',
  needs: ['token'],
  async run(tools) {
    const answer = await askAgent(tools)
    return answer.errcode === 60020 ? refused(answer) : ok('本机的地址可以调用')
  },
}

export const agent: Check = {
  id: 'agent',
  group: GROUP,
  title: '应用',
  needs: ['trusted-ip'],
  async run(tools) {
    const answer = await askAgent(tools)
    if (answer.errcode !== 0) return refused(answer)
    if (answer.close === 1) return fail('应用被停用了', explainRefusal(50003).fix)
    return ok(`“${String(answer.name ?? '')}”,AgentId ${tools.config.wecom.agentId}`)
  },
}

/** doc 90227 */
export function askAgent({ wecom, config }: Tools): Promise<WecomAnswer> {
  return wecom.get('agent/get', { query: { agentid: config.wecom.agentId } })
}
