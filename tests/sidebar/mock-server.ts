import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import type { CouponBoard } from '@zhanggui/shared/coupon.ts'
import type { CustomerCard } from '@zhanggui/shared/customer.ts'
import type { GroupCard, GroupMember } from '@zhanggui/shared/group.ts'
import type { PurchasePage } from '@zhanggui/shared/order.ts'
import type { ProductPage } from '@zhanggui/shared/product.ts'
import type { SessionView } from '@zhanggui/shared/session.ts'
import { repository } from '../support/repository.ts'
import { couponBoard, olderPurchases, productPage, purchases } from './samples.ts'

const dist = join(repository, 'sidebar-web/dist')
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
}

export interface Asked {
  method: string
  path: string
  body: unknown
  csrf: boolean
}

/** An answer of the mock: what a test replaces it with. */
export interface Answer {
  status?: number
  body?: unknown
  /** Answered only when this resolves. */
  after?: Promise<void>
}

/** The server as the sidebar sees it, in a test's hands: `world` is what it knows, `answers` what it says instead. */
export async function startMock() {
  const asked: Asked[] = []
  const world = {
    signedIn: true,
    boot: true,
    role: 'guide' as SessionView['role'],
    /** The page's URL as the server took it to be, if it was wrong. */
    bootUrl: undefined as string | undefined,
    customers: new Map<string, CustomerCard>(),
    groups: new Map<string, { card: GroupCard; members: Record<string, GroupMember[]> }>(),
    purchases: purchases(),
    coupons: couponBoard(),
    products: productPage,
  }
  /** Keyed by method and path without query: `POST /api/shares`. */
  const answers = new Map<string, (asked: Asked) => Answer>()
  const shares = new Map<string, object>()
  let origin = ''

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    if (url.pathname.startsWith('/picture/')) return sendPicture(response, url.pathname)
    if (url.pathname === '/auth/start') return signIn(response, url)
    if (url.pathname.startsWith('/sidebar/')) return sendFile(request, response, url)
    let text = ''
    for await (const chunk of request) text += chunk
    const one: Asked = {
      method: request.method ?? 'GET',
      path: decodeURIComponent(url.pathname) + url.search,
      body: text ? JSON.parse(text) : undefined,
      csrf: request.headers['x-requested-with'] === 'zhanggui',
    }
    asked.push(one)
    const replaced = answers.get(`${one.method} ${decodeURIComponent(url.pathname)}`)?.(one)
    await replaced?.after
    const { status = 200, body } = replaced?.status || replaced?.body ? replaced : answer(one, url)
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    const content = status >= 400 ? { status, title: 'x', type: 'about:blank', ...Object(body) } : body
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(content === undefined ? undefined : JSON.stringify(content))
  }

  /** WeCom's part of the sign-in, done in no time: straight back to where it began. */
  function signIn(response: ServerResponse, url: URL): void {
    asked.push({ method: 'GET', path: url.pathname + url.search, body: undefined, csrf: false })
    response.writeHead(302, { location: url.searchParams.get('next') ?? '/' }).end()
  }

  function answer({ method, body }: Asked, url: URL): Answer {
    const path = decodeURIComponent(url.pathname)
    if (!world.signedIn) return { status: 401, body: { code: 'unauthenticated' } }
    if (path === '/api/session') return { body: { ...session, role: world.role } }
    if (path === '/api/wecom/signature') return { body: signature }
    if (path === '/api/products') return { body: world.products(url.searchParams.get('q') ?? '') satisfies ProductPage }
    if (method === 'POST' && path === '/api/shares') return { body: shareOf(Object(body)) }
    if (method === 'POST' || path.startsWith('/api/opens/')) return { status: 204 }
    const [, chatId = '', list] = /^\/api\/groups\/([^/]+)(\/members)?$/.exec(path) ?? []
    if (chatId) return answerGroup(chatId, list !== undefined, url.searchParams)
    const [, id = '', what] = /^\/api\/customers\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const card = world.customers.get(id)
    if (!card) return { status: 404, body: { code: 'customer_not_visible' } }
    if (what === 'orders')
      return { body: url.searchParams.has('cursor') ? olderPurchases() : (world.purchases satisfies PurchasePage) }
    return { body: what === 'coupons' ? (world.coupons satisfies CouponBoard) : card }
  }

  /** The cursor is the place in the list. */
  function answerGroup(chatId: string, wantsMembers: boolean, query: URLSearchParams): Answer {
    const group = world.groups.get(chatId)
    if (!group) return { status: 404, body: { code: 'group_not_visible' } }
    if (!wantsMembers) return { body: group.card }
    const from = Number(query.get('cursor') ?? 0)
    const all = group.members[query.get('standing') ?? ''] ?? []
    const members = all.slice(from, from + 50)
    return { body: { members, ...(from + 50 < all.length && { nextCursor: String(from + 50) }) } }
  }

  function shareOf(request: { requestId: string; refId?: string; kind: string }): object {
    const link = `https://shop.example/${request.kind}/${request.refId ?? ''}`
    const share = shares.get(request.requestId) ?? {
      shareId: `share-${shares.size + 1}`,
      title: request.refId ?? '入会邀请',
      link,
      message: {
        msgtype: 'news',
        news: { link, title: '给你的', desc: '点开看看', imgUrl: 'https://shop.example/i.png' },
      },
    }
    shares.set(request.requestId, share)
    return share
  }

  async function sendFile(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const headers = { 'content-security-policy': policy, 'cache-control': 'no-cache' }
    if (url.pathname === '/sidebar/') {
      const page = await readFile(join(dist, 'index.html'), 'utf8')
      const boot = {
        session: world.signedIn ? { ...session, role: world.role } : undefined,
        url: world.bootUrl ?? url.href,
        signature,
      }
      const script = `<script type="application/json" id="boot">${JSON.stringify(boot)}</script>`
      response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
      response.end(world.boot ? page.replace('</head>', `${script}</head>`) : page)
      return
    }
    const path = join(dist, url.pathname.slice('/sidebar/'.length))
    const brotli = /\bbr\b/.test(String(request.headers['accept-encoding']))
    const content = await readFile(brotli ? `${path}.br` : path)
    const encoding = brotli ? { 'content-encoding': 'br' } : {}
    response.writeHead(200, { ...headers, ...encoding, 'content-type': types[extname(path)] ?? 'text/plain' })
    response.end(content)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  origin = `http://127.0.0.1:${address.port}`

  return {
    origin,
    world,
    answers,
    asked,
    /** The requests of one kind so far. */
    requests: (method: string, path: string) =>
      asked.filter((one) => one.method === method && one.path.startsWith(path)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Mock = Awaited<ReturnType<typeof startMock>>

const session = {
  guide: { userId: 'linxiao', name: '林晓', storeName: '万象城专柜' },
  role: 'guide',
  corpId: 'ww00aa11bb22cc33dd',
  agentId: '1000077',
}
const signature = { timestamp: 1_767_225_600, nonceStr: 'Zx81kQpL', signature: '0'.repeat(40) }

/** As in production: no inline script, no eval. */
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'"

function sendPicture(response: ServerResponse, path: string): void {
  const hue = [...path].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360
  const shape = `<circle cx="50" cy="58" r="22" fill="none" stroke="hsl(${hue} 45% 45%)" stroke-width="4"/>`
  response.writeHead(200, { 'content-type': 'image/svg+xml' })
  response.end(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl(${hue} 40% 88%)"/>${shape}</svg>`,
  )
}
