import { createServer, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { startWebview } from '@zhanggui/wecom-simulator/webview.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SIMULATOR = 'http://127.0.0.1:9'
const MARK = { cookie: 'simulator_account=LinXiao; session=s1' }
const policy = "default-src 'self';frame-ancestors 'none'"
const html = '<!doctype html><html><head><title>侧边栏</title></head><body></body></html>'

let requests: IncomingMessage[] = []
const product = createServer((request, response) => {
  requests.push(request)
  if (request.url === '/packed') {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(gzipSync('装箱'))
    return
  }
  if (request.url === '/login') {
    response.writeHead(302, { location: '/sidebar/', 'set-cookie': ['a=1; Path=/', 'b=2; Path=/auth; Secure'] }).end()
    return
  }
  if (request.method === 'POST') {
    response.writeHead(201)
    request.pipe(response)
    return
  }
  const headers = { 'content-type': 'text/html; charset=utf-8', 'x-frame-options': 'DENY', etag: '"1"' }
  response.writeHead(200, { ...headers, 'content-security-policy': policyOf(request.url) }).end(html)
})
let webview: Awaited<ReturnType<typeof startWebview>>

function policyOf(url: string | undefined): string {
  return url === '/sidebar/nonce' ? "script-src 'nonce-own' 'strict-dynamic'" : policy
}

beforeAll(async () => {
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve))
  const address = product.address()
  const port = typeof address === 'object' ? address?.port : undefined
  webview = await startWebview({
    host: '127.0.0.1',
    port: 0,
    target: `http://127.0.0.1:${port}`,
    simulator: { url: SIMULATOR },
  })
})
afterAll(async () => {
  await webview.close()
  product.closeAllConnections()
  product.close()
})

async function get(path: string, headers: Record<string, string> = {}) {
  requests = []
  return fetch(`${webview.origin}${path}`, { headers, redirect: 'manual' })
}

test('a browser that does not run the simulator gets exactly what the product says', async () => {
  const answer = await get('/sidebar/')
  expect(await answer.text()).toBe(html)
  expect(answer.headers.get('content-security-policy')).toBe(policy)
  expect(answer.headers.get('x-frame-options')).toBe('DENY')
})

test('the sidebar gets the bridge first in its head, and may be framed by the simulator alone', async () => {
  const answer = await get('/sidebar/', { ...MARK, 'if-none-match': '"1"' })
  expect(await answer.text()).toContain(
    `<head><script src="/__wecom/bridge-shim.js" data-simulator="${SIMULATOR}"></script><title>`,
  )
  expect(answer.headers.get('content-security-policy')).toBe(`default-src 'self';frame-ancestors 'self' ${SIMULATOR}`)
  expect(answer.headers.get('x-frame-options')).toBeNull()
  expect(requests[0]?.headers['if-none-match']).toBeUndefined()
})

test('a policy that trusts only nonces gets one more, for the bridge', async () => {
  const answer = await get('/sidebar/nonce', MARK)
  const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1]
  expect(answer.headers.get('content-security-policy')).toBe(`script-src 'nonce-own' 'strict-dynamic' 'nonce-${nonce}'`)
})

test('other pages change only in who may frame them', async () => {
  const answer = await get('/join/t1', MARK)
  expect(await answer.text()).toBe(html)
  expect(answer.headers.get('etag')).toBe('"1"')
  expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors 'self' ${SIMULATOR}`)
})

test('the product hears where the request came from, and nothing of the simulator', async () => {
  await get('/join/t1', { ...MARK, 'x-forwarded-for': '203.0.113.7' })
  const headers = requests[0]?.headers
  expect(headers?.cookie).toBe('session=s1')
  expect(headers?.['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1')
  expect(headers?.['x-forwarded-proto']).toBe('http')
  expect(headers?.['x-forwarded-host']).toBe(new URL(webview.origin).host)
})

test('bodies pass through in both directions, packed ones as they are', async () => {
  const packed = await get('/packed', MARK)
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(await packed.text()).toBe('装箱')
  const echoed = await fetch(`${webview.origin}/echo`, { method: 'POST', body: '<xml>回声</xml>' })
  expect([echoed.status, await echoed.text()]).toEqual([201, '<xml>回声</xml>'])
})

test("the product's cookies are remembered for the day another account signs in", async () => {
  const answer = await get('/login', MARK)
  const [first, second, record] = answer.headers.getSetCookie()
  expect([first, second]).toEqual(['a=1; Path=/', 'b=2; Path=/auth; Secure'])
  expect(record).toMatch(/^simulator_sessions=/)
  const again = await get('/login', { cookie: `${MARK.cookie}; ${record?.split(';')[0]}` })
  expect(again.headers.getSetCookie()).toHaveLength(2)
})

test('a product that is not up yet shows a page that looks again', async () => {
  const early = await startWebview({ host: '127.0.0.1', port: 0, simulator: { url: SIMULATOR } })
  const waiting = await fetch(early.origin)
  expect(waiting.status).toBe(502)
  expect(await waiting.text()).toContain('http-equiv="refresh"')
  early.pointAt(webview.origin)
  expect((await fetch(early.origin)).status).toBe(200)
  await early.close()
})
