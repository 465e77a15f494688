import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { TestApp } from './app.ts'

/** A browser as far as cookies go: keeps them, sends them back, forgets them when told to. */
export interface Browser {
  cookies: Map<string, string>
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** JSON, as the sidebar sends it. */
  post(url: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  put(url: string, body: object): Promise<LightMyRequestResponse>
  /** A form, as a customer's phone sends it. */
  submit(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

export function browser({ app }: Pick<TestApp, 'app'>, remoteAddress = '203.0.113.1'): Browser {
  const cookies = new Map<string, string>()

  async function send(request: InjectOptions): Promise<LightMyRequestResponse> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const headers = { ...request.headers, ...(cookie && { cookie }) }
    const answer = await app.inject({ remoteAddress, ...request, headers })
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0 || !value) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  return {
    cookies,
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    post: (url, body, headers = {}) =>
      send({
        method: 'POST',
        url,
        headers: { 'x-requested-with': 'zhanggui', ...headers },
        ...(body && { payload: body }),
      }),
    put: (url, body) => send({ method: 'PUT', url, headers: { 'x-requested-with': 'zhanggui' }, payload: body }),
    submit: (url, fields, headers = {}) =>
      send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams(fields).toString(),
      }),
  }
}
