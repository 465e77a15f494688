import { FormData, Pool } from 'undici'
import { WecomError } from './errors.ts'

export interface Exchange {
  endpoint: string
  doc: string
  method: 'GET' | 'POST'
  query: Record<string, string>
  body?: unknown
  timeoutMs: number
}

/** Every answer of WeCom: success is errcode absent or 0 (doc 90313). */
export type WecomAnswer = Record<string, unknown> & { errcode: number; errmsg: string }

export interface Transport {
  send(exchange: Exchange): Promise<WecomAnswer>
  close(): Promise<void>
}

/** HTTPS to WeCom over a kept-alive pool. Throws WecomError without errcode when no usable answer came in time. */
export function createTransport(apiUrl: string): Transport {
  const { origin, pathname } = new URL(apiUrl)
  const base = pathname.replace(/\/+$/, '')
  const pool = new Pool(origin, { connections: 128, keepAliveTimeout: 30_000, connectTimeout: 3_000 })

  return {
    async send({ endpoint, doc, method, query, body, timeoutMs }) {
      const fail = (hint: string, cause?: unknown) => new WecomError({ endpoint, doc, hint, cause })
      const isForm = body instanceof FormData
      try {
        const answer = await pool.request({
          method,
          path: `${base}/cgi-bin/${endpoint}?${new URLSearchParams(query)}`,
          ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
          headers: body === undefined || isForm ? {} : { 'content-type': 'application/json' },
          // One deadline for the whole exchange: a server that drips bytes is as silent as one that sends none.
          signal: AbortSignal.timeout(timeoutMs),
        })
        if (answer.statusCode >= 500) {
          await answer.body.dump()
          throw fail(`HTTP ${answer.statusCode}`)
        }
        const json: unknown = await answer.body.json()
        if (typeof json !== 'object' || json === null) throw fail('an answer that is no object')
        const errcode = 'errcode' in json && typeof json.errcode === 'number' ? json.errcode : 0
        const errmsg = 'errmsg' in json && typeof json.errmsg === 'string' ? json.errmsg : ''
        return { ...json, errcode, errmsg }
      } catch (cause) {
        if (cause instanceof WecomError) throw cause
        const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
        throw fail(timedOut ? `nothing within ${timeoutMs} ms` : 'no connection', cause)
      }
    },
    close: () => pool.close(),
  }
}
