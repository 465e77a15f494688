import Fastify, { type FastifyInstance } from 'fastify'
import { assemble } from './assemble.ts'
import { buildSimulator } from './build-simulator.ts'
import { registerClient } from './client-routes.ts'
import { qrCodeRoute } from './cloud/qr-code.ts'
import { cloudRoutes } from './cloud/routes.ts'
import { controlRoutes } from './control/routes.ts'
import type { SimulatorOptions } from './settings.ts'
import { authorizeRoute } from './sign-in/authorize.ts'
import type { Simulator } from './simulator-types.ts'
import { smsRoute } from './sms/routes.ts'
import { startWebview, type Webview } from './webview.ts'

export type { SimulatorOptions } from './settings.ts'
export type { Simulator } from './simulator-types.ts'

/** A WeCom of one's own: its cloud, and the client page that shows what guide and customer see. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, webviewPort, target } = options
  const app = Fastify({ forceCloseConnections: true })
  const parts = assemble(options, () => listeningAt(app, host))
  const settings = { corpId: options.corpId, agentId: options.agentId }
  let webview: Webview | undefined
  const simulator: Simulator = Object.assign(
    buildSimulator(parts, settings, () => webview),
    { stop },
  )

  async function stop() {
    parts.context.sender.stop()
    parts.context.changes.stop()
    await webview?.close()
    await app.close()
    await parts.dispatcher.destroy()
    parts.stateFile?.write()
  }

  app.register(cloudRoutes, parts.cloud)
  app.register(authorizeRoute, { ...parts, trustedDomains: options.trustedDomains })
  app.register(qrCodeRoute, { context: parts.context })
  app.register(smsRoute, { context: parts.context, token: options.smsToken })
  app.register(controlRoutes, { simulator, wire: parts.wire })
  const client = registerClient(app, simulator)
  try {
    await app.listen({ host, port })
    if (webviewPort !== undefined) {
      webview = await startWebview({ host, port: webviewPort, target, simulator })
      client.show(webview)
    }
    return simulator
  } catch (cause) {
    // A port that is taken must not leave the other one listening.
    await stop()
    throw cause
  }
}

function listeningAt(app: FastifyInstance, host: string): string {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The simulator does not listen yet')
  return `http://${host}:${address.port}`
}
