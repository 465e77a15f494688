import { Agent, request } from 'undici'

export interface HttpAnswer {
  status: number
  contentType: string
  location: string | undefined
  date: string | undefined
  text: string
  /** From asking to the last byte. */
  ms: number
}

export interface Ask {
  method?: 'GET' | 'POST'
  body?: string
  contentType?: string
}

export interface Http {
  /** Follows no redirect. Rejects when no answer comes; `explainSilence` says why. */
  ask(url: string, ask?: Ask): Promise<HttpAnswer>
  close(): Promise<void>
}

const TIMEOUT_MS = 5_000
/** More than any answer we ask for. */
const LONGEST = 64 * 1024

export function createHttp(): Http {
  const agent = new Agent({ connect: { timeout: TIMEOUT_MS } })
  return {
    async ask(url, { method = 'GET', body, contentType } = {}) {
      const began = performance.now()
      const answer = await request(url, {
        dispatcher: agent,
        method,
        ...(body === undefined ? {} : { body }),
        headers: { 'user-agent': 'zhanggui-doctor', ...(contentType && { 'content-type': contentType }) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = (await answer.body.text()).slice(0, LONGEST)
      return {
        status: answer.statusCode,
        contentType: headerOf(answer.headers['content-type']) ?? '',
        location: headerOf(answer.headers.location),
        date: headerOf(answer.headers.date),
        text,
        ms: performance.now() - began,
      }
    },
    close: () => agent.close(),
  }
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

export interface Silence {
  layer: 'dns' | 'tls' | 'connection' | 'time'
  says: string
}

const tlsFaults: Record<string, string | undefined> = {
  CERT_HAS_EXPIRED: '证书过期了',
  DEPTH_ZERO_SELF_SIGNED_CERT: '证书是自签的',
  SELF_SIGNED_CERT_IN_CHAIN: '证书是自签的',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '证书少了中间证书',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '证书的签发者不被认可',
  ERR_TLS_CERT_ALTNAME_INVALID: '证书不是这个域名的',
}

/** Which layer did not answer. Undefined: the error is no network error. */
export function explainSilence(error: unknown): Silence | undefined {
  for (const code of codesOf(error)) {
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { layer: 'dns', says: '域名解析不到' }
    const tls = tlsFaults[code] ?? (/^(ERR_TLS|ERR_SSL|CERT_|EPROTO)/.test(code) ? '握手不成' : undefined)
    if (tls) return { layer: 'tls', says: `https 不通:${tls}(${code})` }
    if (/TIMEOUT|^ETIMEDOUT$|^23$/.test(code)) return { layer: 'time', says: `${TIMEOUT_MS / 1000} 秒内没有应答` }
    if (/^(ECONN|EPIPE|EHOST|ENET|UND_ERR_SOCKET|EADDR)/.test(code))
      return { layer: 'connection', says: `连接不上(${code})` }
  }
  return undefined
}

/** Of the error and of what caused it: undici wraps some, and gathers several addresses' into one. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = error.name === 'TimeoutError' ? ['TIMEOUT'] : 'code' in error ? [String(error.code)] : []
  const gathered = error instanceof AggregateError ? error.errors.flatMap(codesOf) : []
  return [...own, ...gathered, ...codesOf(error.cause)]
}
