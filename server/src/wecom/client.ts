import { setTimeout as pause } from 'node:timers/promises'
import { FormData } from 'undici'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Metrics } from '../metrics.ts'
import type { Credential, CredentialStore, Fetched } from './credentials.ts'
import { endpoints } from './endpoints.ts'
import { WecomError } from './errors.ts'
import { createGate } from './gate.ts'
import type { CallOptions, Upload, Wecom } from './port.ts'
import { createRecentAnswers } from './recent-answers.ts'
import { callerAddress } from './refusals.ts'
import type { Transport, WecomAnswer } from './transport.ts'

const DEFAULT_TIMEOUT_MS = 10_000
/** -1 is to be tried at most three times (doc 90313). */
const TRIES = 3
/** Wrong secrets, too often, ban the IP for an hour (doc 90313): after one refusal we stay away this long. */
const REFUSED_SECRET_MS = 60_000

interface Request {
  endpoint: string
  doc: string
  method: 'GET' | 'POST'
  query: Record<string, string>
  body?: unknown
}

export interface ClientParts {
  settings: Config['wecom']
  transport: Transport
  credentials: CredentialStore
  clock: Clock
  metrics: Metrics
}

export function createWecomClient({ settings, transport, credentials, clock, metrics }: ClientParts): Wecom {
  const gate = createGate(clock)
  const tokenName = `access_token ${settings.corpId} ${settings.agentId}`
  const recent = createRecentAnswers(clock)
  let secretRefused: { error: WecomError; until: number } | undefined

  /** One exchange, counted; answers of any errcode come back. */
  async function exchange(request: Request, timeoutMs: number): Promise<WecomAnswer> {
    const { endpoint } = request
    const leave = await gate.enter(endpoint, request.doc)
    const stopTimer = metrics.wecomLatency.startTimer({ endpoint })
    try {
      const answer = await transport.send({ ...request, timeoutMs })
      metrics.wecomCalls.inc({ endpoint, errcode: String(answer.errcode) })
      return answer
    } catch (error) {
      metrics.wecomCalls.inc({ endpoint, errcode: 'none' })
      throw error
    } finally {
      stopTimer()
      leave()
    }
  }

  function refusal({ endpoint, doc }: Request, answer: WecomAnswer): WecomError {
    const { errcode, errmsg } = answer
    if (errcode === 45033) gate.narrow(endpoint)
    const until = errcode === 45009 ? gate.close(endpoint) : undefined
    const callerIp = errcode === 60020 ? callerAddress(errmsg) : undefined
    return new WecomError({ endpoint, doc, errcode, until, callerIp })
  }

  /** doc 91039 */
  async function fetchToken(): Promise<Fetched> {
    const request: Request = {
      endpoint: 'gettoken',
      doc: '91039',
      method: 'GET',
      query: { corpid: settings.corpId, corpsecret: settings.agentSecret },
    }
    if (secretRefused && clock.now().getTime() < secretRefused.until) throw secretRefused.error
    const answer = await exchange(request, 5_000)
    if (answer.errcode !== 0) {
      const error = refusal(request, answer)
      if (error.failure === 'configuration') secretRefused = { error, until: clock.now().getTime() + REFUSED_SECRET_MS }
      throw error
    }
    secretRefused = undefined
    return fetched(request, answer, 'access_token')
  }

  const token = () => credentials.get(tokenName, fetchToken)

  async function send(request: Request, { timeoutMs = DEFAULT_TIMEOUT_MS, retryBusy = true }: CallOptions = {}) {
    let credential: Credential = await token()
    let renewed = false
    for (let attempt = 1; ; attempt += 1) {
      const answer = await exchange(
        { ...request, query: { ...request.query, access_token: credential.value } },
        timeoutMs,
      )
      if (answer.errcode === 0) return answer
      const error = refusal(request, answer)
      if (error.failure === 'token' && !renewed) {
        renewed = true
        credential = await credentials.replace(tokenName, credential, fetchToken)
        continue
      }
      const busy = answer.errcode === -1 || answer.errcode === 6000 || answer.errcode === 45033
      if (!busy || !retryBusy || attempt >= TRIES) throw error
      await pause(150 * 2 ** attempt * (0.5 + Math.random()))
    }
  }

  /** doc 90506 */
  async function fetchTicket(kind: 'agent' | 'corp'): Promise<Fetched> {
    const request: Request =
      kind === 'agent'
        ? { endpoint: 'ticket/get', doc: '90506', method: 'GET', query: { type: 'agent_config' } }
        : { endpoint: 'get_jsapi_ticket', doc: '90506', method: 'GET', query: {} }
    return fetched(request, await send(request, { timeoutMs: 5_000 }), 'ticket')
  }

  return {
    async call(endpoint, params, options) {
      const { method, doc } = endpoints[endpoint]
      const request: Request =
        method === 'GET'
          ? { endpoint, doc, method, query: asQuery(params) }
          : { endpoint, doc, method, query: {}, body: params }
      const answer =
        method === 'GET'
          ? await recent.ask(request, options?.freshSince, () => send(request, options))
          : await send(request, options)
      // The shapes are WeCom's word (the doc of each row); nothing of an answer is trusted beyond what a caller checks.
      return answer as never
    },
    async upload({ kind, filename, contentType, data }: Upload) {
      const form = new FormData()
      form.append('media', new Blob([data], { type: contentType }), filename)
      const request: Request = {
        endpoint: 'media/upload',
        doc: '90253',
        method: 'POST',
        query: { type: kind },
        body: form,
      }
      const answer = await send(request, { timeoutMs: 60_000 })
      if (typeof answer.media_id !== 'string')
        throw new WecomError({ endpoint: request.endpoint, doc: request.doc, hint: 'no media_id in the answer' })
      return { mediaId: answer.media_id, uploadedAt: clock.now() }
    },
    async ticket(kind) {
      const name = `${kind}_ticket ${settings.corpId} ${kind === 'agent' ? settings.agentId : ''}`
      return (await credentials.get(name, () => fetchTicket(kind))).value
    },
    close: () => transport.close(),
  }
}

function fetched({ endpoint, doc }: Request, answer: WecomAnswer, field: string): Fetched {
  const value = answer[field]
  if (typeof value !== 'string' || !value) throw new WecomError({ endpoint, doc, hint: `no ${field} in the answer` })
  return { value, expiresIn: typeof answer.expires_in === 'number' ? answer.expires_in : 7200 }
}

function asQuery(params: object): Record<string, string> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}
