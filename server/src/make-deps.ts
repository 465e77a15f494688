import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { createDataCipher } from './data-cipher.ts'
import type { Connection } from './db/connection.ts'
import type { Deps } from './deps.ts'
import { httpSms } from './membership/sms.ts'
import { createMetrics } from './metrics.ts'
import { createTokenSigner } from './signed-token.ts'
import { createWecomClient } from './wecom/client.ts'
import { createCredentialStore } from './wecom/credentials.ts'
import { createTransport } from './wecom/transport.ts'

/** The ports as a process of the product has them, server or command. */
export function makeDeps(
  config: Config,
  { db, pool }: Connection,
  log: Deps['log'],
  clock: Deps['clock'] = systemClock,
): Deps {
  const metrics = createMetrics()
  const cipher = createDataCipher(config.dataKey)
  const wecom = createWecomClient({
    settings: config.wecom,
    transport: createTransport(config.wecom.apiUrl),
    credentials: createCredentialStore({ db, cipher, clock }),
    clock,
    metrics,
  })
  const sms = config.sms && httpSms(config.sms)
  return { db, pool, wecom, clock, sms, config, cipher, tokens: createTokenSigner(config.sessionSecrets), metrics, log }
}
