import { randomBytes } from 'node:crypto'
import { examineEnvironment } from '@zhanggui/server/doctor/doctor.ts'
import type { CheckResult } from '@zhanggui/shared/doctor.ts'
import { createTestDatabase } from '../support/database.ts'
import { testEnv } from '../support/env.ts'
import { smallWorld } from '../support/seed.ts'
import { CALLBACK, connectCallbacks, startServerOn, startTestSimulator, type TestServer } from '../support/server.ts'
import { type FrontProxy, startProxy } from './proxy.ts'

const HQ = { userId: 'HeadOffice', name: '总部', departmentIds: [1], follows: false }

export interface Clinic extends AsyncDisposable {
  /** A complete and healthy environment. */
  env: NodeJS.ProcessEnv
  simulator: Awaited<ReturnType<typeof startTestSimulator>>
  server: TestServer
  proxy: FrontProxy
  examine(over?: NodeJS.ProcessEnv): Promise<Examined>
}

interface Examined {
  of(id: string): CheckResult
  /** Ids by status. */
  ids(status: CheckResult['status']): string[]
  text: string
}

const secret = (bytes: number) => randomBytes(bytes).toString('hex')

/** A server, its database, the simulated WeCom and the proxy at PUBLIC_URL, all well. */
export async function openClinic(): Promise<Clinic> {
  const proxy = await startProxy()
  const database = await createTestDatabase()
  const simulator = await startTestSimulator({
    seed: smallWorld({ members: [...smallWorld().members, HQ] }),
    trustedDomains: [proxy.host],
  })
  const env = {
    ...testEnv,
    DATABASE_URL: database.url,
    PUBLIC_URL: proxy.url,
    PORT: '0',
    WECOM_API_URL: simulator.url,
    WECOM_OAUTH_URL: simulator.url,
    WECOM_CALLBACK_TOKEN: secret(16),
    WECOM_CALLBACK_AES_KEY: `${secret(20)}abc`,
    WECOM_CONTACTS_TOKEN: secret(16),
    WECOM_CONTACTS_AES_KEY: `${secret(20)}abc`,
    SESSION_SECRET: secret(32),
    DATA_KEY: randomBytes(32).toString('base64'),
    OPEN_API_KEYS: `till:${secret(24)},crm:${secret(24)}`,
    WW_VERIFY: 'AbCd1234:proof-content',
  }
  const server = await startServerOn({ database, simulator, env })
  proxy.target = server.url
  connectCallbacks(simulator, server.url)
  simulator.configureCallback({ url: `${server.url}/callbacks/wecom`, ...CALLBACK })
  return {
    env,
    simulator,
    server,
    proxy,
    async examine(over = {}) {
      const results = await examineEnvironment({ ...env, ...over }, () => {})
      return asExamined(results)
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await simulator.stop()
      await proxy[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

function asExamined(results: readonly CheckResult[]): Examined {
  return {
    of(id) {
      const found = results.find((result) => result.id === id)
      if (!found) throw new Error(`the doctor did not look at ${id}`)
      return found
    },
    ids: (status) => results.filter((result) => result.status === status).map(({ id }) => id),
    text: JSON.stringify(results),
  }
}
