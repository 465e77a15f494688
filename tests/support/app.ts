import { buildApp } from '@zhanggui/server/app.ts'
import { readConfig } from '@zhanggui/server/config.ts'
import { createDataCipher } from '@zhanggui/server/data-cipher.ts'
import { connect } from '@zhanggui/server/db/connection.ts'
import type { Deps } from '@zhanggui/server/deps.ts'
import { createMetrics } from '@zhanggui/server/metrics.ts'
import { createTokenSigner } from '@zhanggui/server/signed-token.ts'
import { WecomError } from '@zhanggui/server/wecom/errors.ts'
import type { Wecom } from '@zhanggui/server/wecom/port.ts'
import { pino } from 'pino'
import { type TestClock, testClock } from './clock.ts'
import { createTestDatabase } from './database.ts'
import { testEnv } from './env.ts'

export interface TestApp extends AsyncDisposable {
  app: Awaited<ReturnType<typeof buildApp>>
  deps: Deps
  db: Deps['db']
  clock: TestClock
  /** Every line logged so far, as JSON text. */
  logs: readonly string[]
}

interface Options {
  now?: Date
  env?: NodeJS.ProcessEnv
  wecom?: Wecom
  sms?: Deps['sms']
}

/** The HTTP surface on a database of its own, for `app.inject`; nothing listens and no job runs. */
export async function testApp({
  now = new Date('2026-09-21T10:00:00+08:00'),
  env = {},
  wecom = noWecom,
  sms,
}: Options = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  const config = readConfig({ ...testEnv, DATABASE_URL: database.url, ...env })
  const logs: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) })
  const { db, pool, close } = connect(database.url, {
    size: 8,
    onError: (error) => log.error({ err: error }, 'the database went away'),
  })
  const clock = testClock(now)
  const deps: Deps = {
    db,
    pool,
    wecom,
    clock,
    sms,
    config,
    cipher: createDataCipher(config.dataKey),
    tokens: createTokenSigner(config.sessionSecrets),
    metrics: createMetrics(),
    log,
  }
  const app = await buildApp(deps)
  return {
    app,
    deps,
    db,
    clock,
    logs,
    async [Symbol.asyncDispose]() {
      await app.close()
      await close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** A WeCom that does not answer. */
const silent = async (endpoint: string): Promise<never> => {
  throw new WecomError({ endpoint, doc: '', hint: 'this test has no WeCom' })
}
const noWecom: Wecom = {
  call: silent,
  upload: () => silent('media/upload'),
  ticket: () => silent('ticket/get'),
  close: async () => {},
}
