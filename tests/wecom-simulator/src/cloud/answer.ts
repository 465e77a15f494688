import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Context, ReadContext } from '../context.ts'
import type { ApiCall } from './call-log.ts'
import { requireLiveToken } from './credentials.ts'
import { BinaryAnswer, type Call, type Endpoint } from './endpoint.ts'
import { errorMessage, WeComError } from './errors.ts'
import type { Faults } from './faults.ts'
import type { Gate } from './gate.ts'
import type { Concurrency, RateLimits, RateRule } from './limits.ts'
import { readJsonBody, readUpload } from './read-body.ts'

export interface Cloud<C extends ReadContext = Context> {
  context: C
  endpoints: ReadonlyMap<string, Endpoint<C>>
  faults: Faults
  gate: Gate
  rates: RateLimits
  /** doc 90312: those every API has. */
  rules: readonly RateRule[]
  concurrency: Concurrency
  /** Calls one endpoint answers at a time. */
  concurrencyOf: (endpoint: string) => number
  /** Lets happen what has become due. */
  catchUp: () => void
  onCall: (call: ApiCall) => void
}

interface ApiRequest {
  query: Record<string, string>
  contentType: string
  raw: Uint8Array
  ip: string
}

/** One call from arrival to answer. HTTP is 200 whatever happens; errcode says what. */
export async function answerCall<C extends ReadContext>(
  cloud: Cloud<C>,
  endpoint: Endpoint<C>,
  request: ApiRequest,
): Promise<object> {
  const startedAt = cloud.context.now()
  const started = performance.now()
  const releases: (() => void)[] = []
  const call: Call<C> = {
    context: cloud.context,
    query: request.query,
    body: {},
    now: startedAt,
    ip: request.ip,
  }
  const latency = cloud.faults.nextLatency()
  let answer: object
  let errcode = 0
  try {
    admit(cloud, endpoint, call, releases)
    await readBody(endpoint, call, request)
    if (endpoint.reserve) {
      releases.push(endpoint.reserve(call, (key) => cloud.concurrency.take(key, 1, 45035)))
    }
    await wait(latency / 2)
    await cloud.faults.whileHeld(endpoint.path)
    cloud.faults.throwPlanned(endpoint.path)
    // Half-way: a client that hangs up early cannot know whether it happened.
    call.now = cloud.context.now()
    cloud.catchUp()
    const result = endpoint.answer(call)
    answer = result instanceof BinaryAnswer ? result : { errcode: 0, errmsg: 'ok', ...result }
    if (endpoint.method === 'POST' || endpoint.withoutToken) cloud.context.changed()
    await wait(latency / 2)
  } catch (error) {
    if (!(error instanceof WeComError)) throw error
    errcode = error.errcode
    answer = { errcode, errmsg: errorMessage(error, request.ip) }
  } finally {
    for (const release of releases) release()
  }
  const ms = performance.now() - started
  cloud.onCall({
    endpoint: endpoint.path,
    query: withoutSecrets(request.query),
    body: call.body,
    errcode,
    startedAt,
    ms,
  })
  return answer
}

function admit<C extends ReadContext>(cloud: Cloud<C>, endpoint: Endpoint<C>, call: Call<C>, releases: (() => void)[]) {
  const { path } = endpoint
  cloud.gate.check(path)
  releases.push(cloud.concurrency.take(path, cloud.concurrencyOf(path), 45033))
  if (!endpoint.exempt) {
    for (const rule of cloud.rules) cloud.rates.take(path, rule, call.now)
    if (endpoint.rule) cloud.rates.take(`${path}/own`, endpoint.rule, call.now)
  }
  if (!endpoint.withoutToken) requireLiveToken(cloud.context.credentials, call.query.access_token, call.now)
}

async function readBody<C extends ReadContext>(endpoint: Endpoint<C>, call: Call<C>, { raw, contentType }: ApiRequest) {
  if (contentType.startsWith('multipart/form-data')) call.upload = await readUpload(raw, contentType)
  else if (endpoint.method === 'POST') call.body = readJsonBody(raw)
}

const SECRETS = new Set(['access_token', 'corpsecret', 'code'])

function withoutSecrets(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !SECRETS.has(name)))
}

async function wait(ms: number) {
  if (ms > 0) await pause(ms)
}
