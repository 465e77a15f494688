import { createHash, randomBytes } from 'node:crypto'
import { FormData } from 'undici'
import { signJsSdk } from '../../wecom/js-sdk.ts'
import { APP_MENU, explainRefusal } from '../../wecom/refusals.ts'
import { type Check, fail, ok, warn } from '../check.ts'
import type { Tools } from '../tools.ts'
import { askAgent, GROUP, refused } from './wecom-checks.ts'

/** doc 90506 */
async function askTicket({ wecom }: Tools, kind: 'agent' | 'corp') {
  const answer =
    kind === 'agent'
      ? await wecom.get('ticket/get', { query: { type: 'agent_config' } })
      : await wecom.get('get_jsapi_ticket')
  return { answer, ticket: typeof answer.ticket === 'string' ? answer.ticket : '' }
}

function ticketCheck(kind: 'agent' | 'corp', title: string): Check {
  return {
    id: `ticket-${kind}`,
    group: GROUP,
    title,
    needs: ['trusted-ip'],
    async run(tools) {
      const { answer, ticket } = await askTicket(tools, kind)
      if (answer.errcode !== 0) return refused(answer)
      return ticket ? ok('拿得到') : fail('应答里没有票据', '检查 WECOM_API_URL 是不是企业微信')
    },
  }
}

export const agentTicket = ticketCheck('agent', '应用票据')
export const corpTicket = ticketCheck('corp', '企业票据')

/** WeCom's published sample (doc 90506). */
const SAMPLE = {
  ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
  nonce: 'Wm3WZYTPz0wzccnW',
  timestamp: 1414587457,
  url: 'http://mp.weixin.qq.com?params=value',
  signature: '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
}

export const signature: Check = {
  id: 'signature',
  group: GROUP,
  title: '侧边栏签名',
  needs: ['ticket-agent', 'ticket-corp'],
  async run(tools) {
    const { ticket, nonce, timestamp, url } = SAMPLE
    if (signJsSdk(ticket, nonce, timestamp, url) !== SAMPLE.signature)
      return fail('签名算法与官方样例不符', '这台机器的 Node 装坏了,重装 Node 24 LTS')
    const page = `${tools.config.publicUrl}/sidebar/`
    for (const kind of ['agent', 'corp'] as const) {
      const { ticket: own } = await askTicket(tools, kind)
      // WeCom signs the ticket as it stands: a blank or a line end in it would be part of it.
      if (/\s/.test(own)) return fail('票据里有空白字符', '出口上的代理改动了应答,绕开它')
      if (!verifies(own, page, tools.clock.now())) return fail('算出的签名对不上', '把这一行发给开发者')
    }
    return ok(`${page} 的签名算得对`)
  },
}

/** Computed a second way: from the four parts in alphabetical order. */
function verifies(ticket: string, url: string, now: Date): boolean {
  const noncestr = randomBytes(12).toString('hex')
  const timestamp = Math.floor(now.getTime() / 1000)
  const parts = Object.entries({ url, timestamp, noncestr, jsapi_ticket: ticket })
    .map(([name, value]) => `${name}=${value}`)
    .sort()
  return createHash('sha1').update(parts.join('&')).digest('hex') === signJsSdk(ticket, noncestr, timestamp, url)
}

export const trustedDomain: Check = {
  id: 'oauth-domain',
  group: GROUP,
  title: '网页授权域名',
  needs: ['agent'],
  async run(tools) {
    const agent = await askAgent(tools)
    if (agent.errcode !== 0) return refused(agent)
    const ours = new URL(tools.config.publicUrl).host
    const { fix } = explainRefusal(50001)
    // Whole host and port must be the same (doc 91022).
    const theirs = agent.redirect_domain
    if (typeof theirs !== 'string') return warn(`企业微信没有告诉可信域名,应该是 ${ours}`, fix)
    if (theirs === '') return fail('还没有设可信域名', fix)
    if (theirs.toLowerCase() !== ours) return fail(`可信域名是 ${theirs},PUBLIC_URL 是 ${ours}`, fix)
    return ok(ours)
  },
}

/** One pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const mediaUpload: Check = {
  id: 'media',
  group: GROUP,
  title: '素材上传',
  needs: ['trusted-ip'],
  async run({ wecom }) {
    const body = new FormData()
    body.append('media', new Blob([PICTURE], { type: 'image/png' }), 'doctor.png')
    const answer = await wecom.post('media/upload', { query: { type: 'image' }, body })
    if (answer.errcode !== 0) return refused(answer)
    if (typeof answer.media_id === 'string') return ok('传得上图片')
    return fail('应答里没有素材编号', `检查 WECOM_API_URL,和 ${APP_MENU} 是不是启用`)
  },
}
