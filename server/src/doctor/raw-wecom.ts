import type { Config } from '../config.ts'
import { createTransport, type WecomAnswer } from '../wecom/transport.ts'

const TIMEOUT_MS = 8_000

interface Question {
  query?: Record<string, string>
  body?: unknown
}

/**
 * WeCom as it answers, refusals included, without retries and without the shared token: that one may still work while
 * the secret in the settings no longer does. Rejects with a WecomError when nothing comes.
 */
export interface RawWecom {
  /** One fetch an examination, whoever asks first; so with every question below that only reads. */
  token(): Promise<WecomAnswer>
  get(endpoint: string, question?: Question): Promise<WecomAnswer>
  post(endpoint: string, question?: Question): Promise<WecomAnswer>
  /** What was got and must not be shown. */
  secrets(): string[]
  close(): Promise<void>
}

export function createRawWecom({ apiUrl, corpId, agentSecret }: Config['wecom']): RawWecom {
  const transport = createTransport(apiUrl)
  const got: string[] = []
  const answers = new Map<string, Promise<WecomAnswer>>()

  function once(question: string, ask: () => Promise<WecomAnswer>): Promise<WecomAnswer> {
    const answer = answers.get(question) ?? ask()
    answers.set(question, answer)
    return answer
  }

  function fetchToken(): Promise<WecomAnswer> {
    return once('gettoken', () =>
      transport.send({
        endpoint: 'gettoken',
        doc: '91039',
        method: 'GET',
        query: { corpid: corpId, corpsecret: agentSecret },
        timeoutMs: TIMEOUT_MS,
      }),
    )
  }

  async function send(method: 'GET' | 'POST', endpoint: string, { query = {}, body }: Question): Promise<WecomAnswer> {
    const { access_token: value } = await fetchToken()
    if (typeof value === 'string') keep(value)
    const answer = await transport.send({
      endpoint,
      doc: '90664',
      method,
      query: { ...query, access_token: String(value ?? '') },
      ...(body === undefined ? {} : { body }),
      timeoutMs: TIMEOUT_MS,
    })
    if (typeof answer.ticket === 'string') keep(answer.ticket)
    return answer
  }

  function keep(secret: string): void {
    if (!got.includes(secret)) got.push(secret)
  }

  return {
    token: fetchToken,
    get: (endpoint, question = {}) =>
      once(`${endpoint} ${JSON.stringify(question.query)}`, () => send('GET', endpoint, question)),
    post: (endpoint, question = {}) => send('POST', endpoint, question),
    secrets: () => got,
    close: () => transport.close(),
  }
}
