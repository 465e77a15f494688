import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { ClientView } from './bridge/bridge-types.ts'
import { readBridgeCall } from './bridge/read-call.ts'
import { readSettings } from './bridge/read-settings.ts'
import { simulatorWorld } from './bridge/simulator-world.ts'
import { type Bridge, createBridge } from './bridge.ts'
import type { Simulator } from './simulator-types.ts'
import { accountCookie, endSessions } from './webview/session-record.ts'
import type { Webview } from './webview.ts'

const noPicture = { error: '没有这张图' }
const pageFolder = fileURLToPath(new URL('../dist-client', import.meta.url))

export interface ClientHalf {
  readonly bridge: Bridge
  /** From now on the page shows the product through this web view. */
  show(webview: Webview): void
}

/** The page that looks like WeCom, at `/`, and what it asks the simulator for. */
export function registerClient(app: FastifyInstance, simulator: Simulator): ClientHalf {
  let webview: Webview | undefined
  const bridge = createBridge(simulatorWorld(simulator, () => webview?.origin))

  app.get('/simulator/api/client', (): ClientView => {
    const webviewOrigin = webview?.origin
    return { webviewOrigin, sidebarUrl: webviewOrigin && `${webviewOrigin}/sidebar/`, settings: bridge.settings }
  })

  app.post('/simulator/api/client/settings', (request, reply) => {
    const settings = readSettings(request.body)
    if (!settings) return reply.code(400).send({ error: '看不懂这个设置' })
    bridge.change(settings)
    return bridge.settings
  })

  app.post('/simulator/api/bridge', (request, reply) => {
    const call = readBridgeCall(request.body)
    if (!call) return reply.code(400).send({ error: '看不懂这次调用' })
    return bridge.call(call)
  })

  /** Another account signs in to the client: the pages it showed lose their sessions, as in WeCom. */
  app.post('/simulator/api/account', (request, reply) => {
    const guide = guideIn(request.body)
    if (!guide || !simulator.world.members.has(guide.toLowerCase()))
      return reply.code(400).send({ error: '没有这位导购' })
    return reply.header('set-cookie', [accountCookie(guide), ...endSessions(request.headers.cookie)]).send({})
  })

  /** WeCom fetches the pictures of cards itself, so the product's policy for other pages does not apply to them. */
  app.get<{ Querystring: { url?: string } }>('/simulator/picture', async ({ query }, reply) => {
    const url = query.url ?? ''
    if (!URL.canParse(url) || new URL(url).origin !== webview?.origin) return reply.code(404).send(noPicture)
    const answer = await fetch(url).catch(() => undefined) // the product may be away
    const type = answer?.headers.get('content-type') ?? ''
    if (!answer?.ok || !type.startsWith('image/')) return reply.code(404).send(noPicture)
    return reply
      .header('content-type', type)
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(Buffer.from(await answer.arrayBuffer()))
  })

  if (existsSync(pageFolder)) app.register(fastifyStatic, { root: pageFolder })
  else
    app.get('/', (_request, reply) =>
      reply.code(503).send('The page is not built: run "vite build" in tests/wecom-simulator.'),
    )

  return {
    bridge,
    show(next) {
      webview = next
    },
  }
}

function guideIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('guide' in body)) return undefined
  return typeof body.guide === 'string' ? body.guide : undefined
}
