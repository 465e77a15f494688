import { join } from 'node:path'
import { type Simulator, startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { worldSeed } from './data/world.ts'
import { startDatabase } from './database.ts'
import { claimFolder, releaseFolder, rememberServer } from './instance.ts'
import { startMallServer } from './mall/mall-server.ts'
import { openApiAt } from './open-api.ts'
import { choosePorts, USUAL_PORTS } from './ports.ts'
import { refresh, seedAll } from './seed.ts'
import { type ServerChild, startServerChild, waitUntilReady } from './server-child.ts'
import { serverEnv } from './server-env.ts'
import { type DemoSettings, type Ports, readSettings, writeSettings } from './settings.ts'

export interface DemoOptions {
  /** Database, secrets and the simulated WeCom's memory. */
  dataDir: string
  /** Default: the usual ones; 0 takes any. */
  ports?: Ports
  say?: (line: string) => void
  /** Gives up starting, and ends what had started. */
  signal?: AbortSignal
}

export interface Demo {
  /** The simulated WeCom's page, where the story is told. */
  url: string
  serverUrl: string
  /** Bearer token for the server's /open/v1. */
  openApiKey: string
  simulator: Simulator
  /** Resolves when the server ends, also unasked. */
  serverEnded: Promise<number | NodeJS.Signals>
  lastWords(): string
  /** The server first, then what it talks to. */
  stop(): Promise<void>
  /** For the impatient. */
  kill(): void
}

const HOST = '127.0.0.1'
/** What the simulated WeCom takes to answer, about as the real one. */
const ANSWERS_WITHIN_MS = [20, 90] as const

/** The mall, the simulated WeCom and the product server with two years of data, on this machine. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { dataDir, say = () => {}, signal = new AbortController().signal } = options
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last()
  }
  try {
    const settings = await readSettings(dataDir, new Date())
    await claimFolder(dataDir)
    stops.push(() => releaseFolder(dataDir))
    const ports = await choosePorts(HOST, options.ports ?? settings.ports ?? USUAL_PORTS)
    await writeSettings(dataDir, { ...settings, ports })
    const serverUrl = `http://${HOST}:${ports.server}`

    say('启动数据库')
    const database = await startDatabase(dataDir)
    stops.push(database.stop)
    signal.throwIfAborted()

    say('启动商城页面和模拟企业微信')
    const mall = await startMallServer({ host: HOST, port: ports.mall })
    stops.push(mall.stop)
    const simulator = await startSimulator(simulatorOptions(settings, dataDir, ports, serverUrl))
    stops.push(simulator.stop)
    signal.throwIfAborted()

    say('启动服务端')
    const publicUrl = `http://${HOST}:${ports.webview}`
    const env = serverEnv(settings, { dataDir, host: HOST, ports, publicUrl, simulator })
    const child = await startServerChild(env, join(dataDir, 'server.log'))
    stops.push(child.stop)
    await rememberServer(dataDir, child.pid)
    await waitUntilReady(serverUrl, child, signal)

    const api = openApiAt(serverUrl, settings.openApiKey)
    if (settings.seeded) await refresh({ api, mallUrl: mall.url }, new Date())
    else {
      await seedAll({ api, simulator, mallUrl: mall.url, say, signal, day: settings.day })
      await writeSettings(dataDir, { ...settings, ports, seeded: true })
    }
    simulator.setLatency(ANSWERS_WITHIN_MS)
    return demoOf(settings, simulator, serverUrl, child, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

function simulatorOptions(settings: DemoSettings, dataDir: string, ports: Ports, serverUrl: string) {
  const { corpId, agentId, agentSecret, smsToken, day } = settings
  return {
    corpId,
    agentId,
    agentSecret,
    smsToken,
    host: HOST,
    port: ports.simulator,
    webviewPort: ports.webview,
    target: serverUrl,
    trustedDomains: [`${HOST}:${ports.webview}`],
    callback: { url: `${serverUrl}/callbacks/wecom`, ...settings.callback },
    contactsCallback: { url: `${serverUrl}/callbacks/wecom/contacts`, ...settings.contactsCallback },
    seed: worldSeed(day),
    statePath: join(dataDir, 'wecom.json'),
  }
}

function demoOf(
  settings: DemoSettings,
  simulator: Simulator,
  serverUrl: string,
  child: ServerChild,
  stop: () => Promise<void>,
): Demo {
  return {
    url: simulator.url,
    serverUrl,
    openApiKey: settings.openApiKey,
    simulator,
    serverEnded: child.ended,
    lastWords: child.lastWords,
    stop,
    kill: child.kill,
  }
}
