import { type Finding, fail, ok } from './check.ts'
import type { HttpAnswer } from './http.ts'

/** WeCom waits one second for the answer to its verification (doc 90930). */
const ECHO_MS = 1_000

interface Place {
  /** What is entered in WeCom's console. */
  url: string
  menu: string
}

/** Was it WeCom's verification that came through, or who spoiled it on the way? */
export function readEcho(answer: HttpAnswer, plaintext: string, { url, menu }: Place): Finding {
  const { status, text, ms } = answer
  if (status !== 200) return readRefusal(answer, menu)
  if (text === plaintext) {
    if (ms <= ECHO_MS) return ok(`${url},${Math.round(ms)} 毫秒`)
    return fail(`答得太慢:${(ms / 1000).toFixed(1)} 秒`, '企业微信只等 1 秒,看看反向代理和服务器忙不忙')
  }
  if (text.trim().replaceAll('"', '') === plaintext)
    return fail('答案被加了空白或引号', '反向代理不要改动 /callbacks/ 的应答')
  return fail('应答的不是掌柜', '反向代理要把 /callbacks/ 转给掌柜,现在是别的网站或页面在应答')
}

/** The message addressed to nobody must be turned away by us, and by nobody before us. */
export function readPosted(answer: HttpAnswer): Finding {
  if (codeOf(answer) === 'foreign_receiver') return ok('消息收得到、解得开')
  if (codeOf(answer) === 'bad_envelope')
    return fail('消息到了,内容被改过', '反向代理或防火墙(WAF)不要改动、清空 POST 的正文')
  return readRefusal(answer, '反向代理')
}

/** Our own refusals are problems with a code; anything else was said by somebody in front of us. */
function readRefusal(answer: HttpAnswer, menu: string): Finding {
  const { status, location } = answer
  switch (codeOf(answer)) {
    case 'bad_signature':
      return fail(
        '正在运行的服务用的是另一套 Token',
        `.env 改过就重启服务;再核对 ${menu} 的 Token`,
        '也可能是反向代理把地址里的 + 号改了',
      )
    case 'bad_ciphertext':
      return fail('正在运行的服务用的是另一套 EncodingAESKey', `.env 改过就重启服务;再核对 ${menu}`)
    case 'foreign_receiver':
      return fail('正在运行的服务用的是另一个企业 ID', '.env 改过就重启服务;再核对 WECOM_CORP_ID')
    case 'callback_not_configured':
      return fail('正在运行的服务还没有这个回调的设置', '.env 改过就重启服务')
    case 'unavailable':
      return fail('服务在,数据库没应答', '先看“数据库”那几行')
  }
  if (status >= 300 && status < 400)
    return fail(`被转到 ${hostOf(location)}`, '回调地址不能有跳转:PUBLIC_URL 写最终的 https 域名,反向代理不要转')
  if (status === 502 || status === 503 || status === 504)
    return fail(`反向代理在,后面的掌柜没应答(HTTP ${status})`, 'npm start;反向代理的 upstream 指到 HOST:PORT')
  if (status === 404) return fail('这个地址不是掌柜在应答(HTTP 404)', '反向代理要把 /callbacks/ 原样转给掌柜')
  if (status === 401 || status === 403 || status === 405 || status === 406 || status === 429)
    return fail(`在掌柜前面就被拦住(HTTP ${status})`, '反向代理、防火墙(WAF)、登录墙都要放行 /callbacks/')
  return fail(`应答 HTTP ${status}`, '看反向代理和掌柜的日志')
}

function codeOf({ contentType, text }: HttpAnswer): string | undefined {
  if (!contentType.startsWith('application/problem+json')) return undefined
  return /"code":"([a-z_]+)"/.exec(text)?.[1]
}

function hostOf(location: string | undefined): string {
  return location && URL.canParse(location) ? new URL(location).host : '别的地址'
}
