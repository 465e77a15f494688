import type { BatchAnswer } from '@zhanggui/shared/records.ts'
import type { TestApp } from '../support/app.ts'
import { TILL_KEY } from '../support/env.ts'

type Json = Record<string, unknown>

export interface Answer<Body = Json> {
  status: number
  body: Body
}

/** Another system with a key, pushing and reading. */
export function senderTo({ app }: TestApp, key: string = TILL_KEY) {
  const headers = { authorization: `Bearer ${key}` }
  return {
    /** The answer to a batch; throws if the batch as a whole was refused. */
    async put(kind: string, records: readonly unknown[]): Promise<BatchAnswer> {
      const answer = await app.inject({ method: 'PUT', url: `/open/v1/${kind}`, headers, payload: [...records] })
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`)
      return answer.json()
    },
    async putRaw(kind: string, payload: string, contentType = 'application/json'): Promise<Answer> {
      const answer = await app.inject({
        method: 'PUT',
        url: `/open/v1/${kind}`,
        headers: { ...headers, 'content-type': contentType },
        payload,
      })
      return { status: answer.statusCode, body: answer.json() }
    },
    async get<Body = Json>(path: string): Promise<Answer<Body>> {
      const answer = await app.inject({ url: `/open/v1/${path}`, headers })
      return { status: answer.statusCode, body: answer.json() }
    },
  }
}
