import { Agent, createServer } from 'node:http'
import { forward } from './webview/forward.ts'
import { serveOutside, servePause, serveShim } from './webview/own-pages.ts'

export interface WebviewOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  /** The product server; may also be given later, by `pointAt`, when its port is not known yet. */
  target?: string
  simulator: { readonly url: string }
}

export interface Webview {
  /** What the product must be told as PUBLIC_URL. */
  readonly origin: string
  pointAt(target: string): void
  close(): Promise<void>
}

/**
 * Stands in for the client's WebView and for the product's public origin: passes everything on untouched, adds the
 * bridge to the sidebar's document and lets the simulator's page frame it.
 */
export async function startWebview({ host, port, target, simulator }: WebviewOptions): Promise<Webview> {
  const agent = new Agent({ keepAlive: true })
  let goal = target === undefined ? undefined : new URL(target)
  let origin = ''

  const server = createServer((request, response) => {
    const [path, query] = (request.url ?? '/').split('?')
    if (path === '/__wecom/bridge-shim.js') return void serveShim(response)
    if (path === '/__wecom/outside') return serveOutside(response, new URLSearchParams(query).get('url') ?? '')
    if (!goal) return servePause(response)
    forward(request, response, { target: goal, agent, origin, simulatorOrigin: new URL(simulator.url).origin })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The web view needs a TCP port')
  origin = `http://${host}:${address.port}`

  return {
    origin,
    pointAt(next) {
      goal = new URL(next)
    },
    async close() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
