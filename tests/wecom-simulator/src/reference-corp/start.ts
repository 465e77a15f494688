import Fastify from 'fastify'
import { newCredentials } from '../cloud/credentials.ts'
import { cloudRoutes } from '../cloud/routes.ts'
import type { ReadContext } from '../context.ts'
import { type Behaviour, createBehaviour } from './behaviour.ts'
import { type CallCounts, createCallCounts } from './call-counts.ts'
import { createReferenceCorp, type ReferenceCorp } from './corp.ts'
import type { CorpOptions } from './corp-options.ts'
import { referenceCorpRoutes } from './routes.ts'

export interface ReferenceCorpOptions {
  corp?: Partial<CorpOptions>
  behaviour?: Partial<Behaviour>
  corpId?: string
  secret?: string
  host?: string
  /** 0 (default) takes a free one. */
  port?: number
  now?: () => Date
}

export interface RunningCorp extends AsyncDisposable {
  /** Base of the API, without /cgi-bin. */
  url: string
  corpId: string
  secret: string
  /** The truth to compare with. */
  corp: ReferenceCorp
  readonly generation: number
  setGeneration(generation: number): void
  readonly behaviour: Behaviour
  change(behaviour: Partial<Behaviour>): void
  calls(): CallCounts
  resetCalls(): void
  stop(): Promise<void>
}

/** The reading half of a WeCom, over a corp of any size that is computed from its seed. */
export async function startReferenceCorp(options: ReferenceCorpOptions = {}): Promise<RunningCorp> {
  const {
    host = '127.0.0.1',
    port = 0,
    corpId = 'ww5eedc0rp00000001',
    secret = 'secret-of-the-reference-corp',
  } = options
  const corp = createReferenceCorp(options.corp)
  let generation = 0
  const context: ReadContext = {
    corpId,
    credentials: newCredentials(secret),
    directory: corp.directory(generation),
    now: options.now ?? (() => new Date()),
    changed: () => {},
  }
  const counts = createCallCounts()
  const behaviour = createBehaviour(context, corp.options.seed, counts)
  behaviour.change(options.behaviour ?? {})
  const app = Fastify({ forceCloseConnections: true, ajv: { customOptions: { removeAdditional: false } } })
  const running: RunningCorp = {
    url: '',
    corpId,
    secret,
    corp,
    get generation() {
      return generation
    },
    setGeneration(next) {
      generation = next
      context.directory = corp.directory(next)
    },
    get behaviour() {
      return behaviour.current
    },
    change: behaviour.change,
    calls: counts.read,
    resetCalls: counts.reset,
    stop: () => app.close(),
    [Symbol.asyncDispose]: () => app.close(),
  }
  app.register(cloudRoutes<ReadContext>, behaviour.cloud)
  app.register(referenceCorpRoutes, { running })
  running.url = await app.listen({ host, port })
  return running
}
