import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { DataCipher } from './data-cipher.ts'
import type { Database } from './db/schema.ts'
import type { Sms } from './membership/sms.ts'
import type { Metrics } from './metrics.ts'
import type { TokenSigner } from './signed-token.ts'
import type { Wecom } from './wecom/port.ts'

/** Everything the server reaches the world through. `main.ts` makes it once; tests make their own. */
export interface Deps {
  db: Kysely<Database>
  pool: pg.Pool
  wecom: Wecom
  clock: Clock
  /** Undefined: no gateway is configured, so enrolment takes no phone. */
  sms: Sms | undefined
  config: Config
  cipher: DataCipher
  tokens: TokenSigner
  metrics: Metrics
  log: FastifyBaseLogger
}
