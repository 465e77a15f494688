import { buildApp } from '@zhanggui/server/app.ts'
import { type Clock, systemClock } from '@zhanggui/server/clock.ts'
import { readConfig } from '@zhanggui/server/config.ts'
import { createDataCipher } from '@zhanggui/server/data-cipher.ts'
import { connect } from '@zhanggui/server/db/connection.ts'
import type { Deps } from '@zhanggui/server/deps.ts'
import { startWorker } from '@zhanggui/server/jobs/worker.ts'
import { httpSms } from '@zhanggui/server/membership/sms.ts'
import { createMetrics } from '@zhanggui/server/metrics.ts'
import { createTokenSigner } from '@zhanggui/server/signed-token.ts'
import { createWecomClient } from '@zhanggui/server/wecom/client.ts'
import { createCredentialStore } from '@zhanggui/server/wecom/credentials.ts'
import { createTransport } from '@zhanggui/server/wecom/transport.ts'
import type { SimulatorOptions } from '@zhanggui/wecom-simulator/settings.ts'
import { type Simulator, startSimulator } from '@zhanggui/wecom-simulator/simulator.ts'
import { pino } from 'pino'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { testEnv } from './env.ts'
import { smallWorld } from './seed.ts'
import { until } from './until.ts'

export interface TestServer extends AsyncDisposable {
  app: Awaited<ReturnType<typeof buildApp>>
  deps: Deps
  db: Deps['db']
  /** Where it listens. */
  url: string
  logs: readonly string[]
  /** Stops HTTP and worker in order; the database stays. */
  stop(): Promise<void>
}

export interface ServerOptions {
  database: TestDatabase
  simulator: Pick<Simulator, 'url'>
  env?: NodeJS.ProcessEnv
  role?: 'web' | 'worker' | 'both'
  clock?: Clock
}

export const CALLBACK = { token: testEnv.WECOM_CALLBACK_TOKEN, aesKey: testEnv.WECOM_CALLBACK_AES_KEY }
export const CONTACTS_CALLBACK = {
  token: 'ContactsTokenForTests',
  aesKey: 'Zm9vYmFyMDEyMzQ1Njc4OWFiY2RlZkdISUpLTE1OT1A',
}

/** A simulated WeCom of the test corp. */
export function startTestSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  return startSimulator({
    corpId: testEnv.WECOM_CORP_ID,
    agentId: testEnv.WECOM_AGENT_ID,
    agentSecret: testEnv.WECOM_AGENT_SECRET,
    seed: smallWorld(),
    callbackTiming: { retryDelayMs: 50 },
    ...options,
  })
}

/**
 * A clock for the simulated WeCom that is ten minutes ahead and stands still: however long a process or a database
 * takes to be there again, a welcome's 20 s are not over.
 */
export function longWindow(): () => Date {
  const now = new Date(Date.now() + 600_000)
  return () => now
}

/** The whole server in this process, listening, on the given database and simulated WeCom. */
export async function startServerOn({
  database,
  simulator,
  env = {},
  role = 'both',
  clock = systemClock,
}: ServerOptions): Promise<TestServer> {
  const config = readConfig({
    ...testEnv,
    DATABASE_URL: database.url,
    WECOM_API_URL: simulator.url,
    WECOM_OAUTH_URL: simulator.url,
    WECOM_CONTACTS_TOKEN: CONTACTS_CALLBACK.token,
    WECOM_CONTACTS_AES_KEY: CONTACTS_CALLBACK.aesKey,
    ...env,
  })
  const logs: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void logs.push(line) })
  const { db, pool, close } = connect(database.url, { onError: () => {} })
  const cipher = createDataCipher(config.dataKey)
  const metrics = createMetrics()
  const wecom = createWecomClient({
    settings: config.wecom,
    transport: createTransport(config.wecom.apiUrl),
    credentials: createCredentialStore({ db, cipher, clock }),
    clock,
    metrics,
  })
  const tokens = createTokenSigner(config.sessionSecrets)
  const sms = config.sms && httpSms(config.sms)
  const deps: Deps = { db, pool, wecom, clock, sms, config, cipher, tokens, metrics, log }
  // Without a schedule: what the clock on the wall makes due must not come between a test and what it counts.
  const worker = role === 'web' ? undefined : startWorker(deps, database.url, [])
  const app = await buildApp(deps)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= (async () => {
      await app.close()
      await worker?.stop()
      await wecom.close()
      await close()
    })()
    return stopped
  }
  return { app, deps, db, url, logs, stop, [Symbol.asyncDispose]: stop }
}

export interface Story extends AsyncDisposable {
  server: TestServer
  simulator: Simulator
  database: TestDatabase
  db: Deps['db']
  /** All jobs are done, or waiting for a later time. */
  settled(): Promise<void>
}

/** One server and its simulated WeCom, connected both ways. */
export async function startStory(
  options: {
    env?: NodeJS.ProcessEnv
    simulator?: Partial<SimulatorOptions>
    role?: ServerOptions['role']
    clock?: Clock
  } = {},
): Promise<Story> {
  const database = await createTestDatabase()
  const simulator = await startTestSimulator(options.simulator)
  const server = await startServerOn({
    database,
    simulator,
    env: options.env,
    role: options.role,
    clock: options.clock,
  })
  connectCallbacks(simulator, server.url)
  return {
    server,
    simulator,
    database,
    db: server.db,
    settled: () => jobsSettled(server.deps.pool),
    async [Symbol.asyncDispose]() {
      await server.stop()
      await simulator.stop()
      await database[Symbol.asyncDispose]()
    },
  }
}

export function connectCallbacks(simulator: Simulator, serverUrl: string): void {
  simulator.configureCallback({ url: `${serverUrl}/callbacks/wecom`, ...CALLBACK })
  simulator.configureCallback({ url: `${serverUrl}/callbacks/wecom/contacts`, ...CONTACTS_CALLBACK }, 'contacts')
}

export function jobsSettled(pool: Deps['pool']): Promise<void> {
  return until(async () => {
    const { rows } = await pool.query<{ due: number }>(
      'select count(*)::int as due from graphile_worker._private_jobs where run_at <= now()',
    )
    return rows[0]?.due === 0
  })
}
