import { type Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { cookiesIn, withoutCookies } from './cookies.ts'
import { allowFraming, allowShim, type HeaderPair, injectShim } from './framing.ts'
import { servePause } from './own-pages.ts'
import { ACCOUNT_COOKIE, recordCookies, SESSION_RECORD_COOKIE } from './session-record.ts'

interface Route {
  target: URL
  agent: Agent
  /** Of the WebView itself: what the product calls its public address. */
  origin: string
  simulatorOrigin: string
}

/** Headers that belong to one connection and end here (RFC 9110 §7.6.1). */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']
/** Left out where we change the body: it must arrive whole, plain and not from a cache. */
const bodyShaping = ['accept-encoding', 'if-none-match', 'if-modified-since', 'range']

export function forward(request: IncomingMessage, response: ServerResponse, route: Route): void {
  const marked = cookiesIn(request.headers.cookie).has(ACCOUNT_COOKIE)
  const needsShim = marked && request.method === 'GET' && (request.url ?? '').startsWith('/sidebar/')
  const upstream = httpRequest({
    agent: route.agent,
    host: route.target.hostname,
    port: route.target.port,
    method: request.method,
    path: request.url,
    headers: requestHeaders(request, route, needsShim),
  })
  upstream.on('error', () => (response.headersSent ? response.destroy() : servePause(response)))
  upstream.on('response', (answer) => {
    answerWith(request, response, answer, { ...route, marked, needsShim }).catch(() => response.destroy())
  })
  response.on('close', () => upstream.destroy())
  request.pipe(upstream)
}

async function answerWith(
  request: IncomingMessage,
  response: ServerResponse,
  answer: IncomingMessage,
  { origin, simulatorOrigin, marked, needsShim }: Route & { marked: boolean; needsShim: boolean },
): Promise<void> {
  let headers = pairs(answer.rawHeaders).filter(([name]) => !hopByHop.includes(name.toLowerCase()))
  if (marked) {
    headers = allowFraming(headers, simulatorOrigin)
    const record = recordCookies(request.headers.cookie, answer.headers['set-cookie'] ?? [])
    if (record) headers.push(['set-cookie', record])
    if (request.headers['sec-fetch-dest'] === 'iframe') headers = headers.map((pair) => stayInside(pair, origin))
  }
  const status = answer.statusCode ?? 502
  if (!needsShim || !answer.headers['content-type']?.startsWith('text/html')) {
    response.writeHead(status, flat(headers))
    return pipeline(answer, response)
  }
  const relaxed = allowShim(headers)
  const html = Buffer.from(injectShim(await textOf(answer), simulatorOrigin, relaxed.nonce))
  const changed = ['content-length', 'etag', 'last-modified']
  response.writeHead(status, [
    ...flat(relaxed.headers.filter(([name]) => !changed.includes(name.toLowerCase()))),
    'content-length',
    String(html.length),
  ])
  response.end(html)
}

/** Pages of other people are not part of the demo: a frame that is sent to one gets a word about it instead. */
function stayInside([name, value]: HeaderPair, origin: string): HeaderPair {
  if (name.toLowerCase() !== 'location') return [name, value]
  const goal = URL.canParse(value, origin) ? new URL(value, origin) : undefined
  if (!goal || goal.hostname === new URL(origin).hostname) return [name, value]
  return [name, `/__wecom/outside?url=${encodeURIComponent(goal.href)}`]
}

function requestHeaders(
  request: IncomingMessage,
  { origin }: Route,
  needsShim: boolean,
): Record<string, string | string[]> {
  const dropped = needsShim ? [...hopByHop, ...bodyShaping] : hopByHop
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value && !dropped.includes(name)) headers[name] = value
  }
  // Our own cookies share the product's host; the product never hears of them.
  const cookie = withoutCookies(request.headers.cookie, [ACCOUNT_COOKIE, SESSION_RECORD_COOKIE])
  delete headers.cookie
  if (cookie) headers.cookie = cookie
  if (needsShim) headers['accept-encoding'] = 'identity'
  const before = request.headers['x-forwarded-for']
  headers['x-forwarded-for'] = [before, request.socket.remoteAddress].flat().filter(Boolean).join(', ')
  headers['x-forwarded-proto'] = new URL(origin).protocol.slice(0, -1)
  headers['x-forwarded-host'] = request.headers.host ?? new URL(origin).host
  return headers
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function pairs(raw: readonly string[]): HeaderPair[] {
  const list: HeaderPair[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? ''])
  return list
}

function flat(headers: readonly HeaderPair[]): string[] {
  return headers.flat()
}
