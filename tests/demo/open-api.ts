import { BatchAnswer } from '@zhanggui/shared/records.ts'
import { Value } from 'typebox/value'

const BATCH = 500

/** The product's open API, as a till or a mall uses it. */
export interface OpenApi {
  /** In batches; throws if a record is refused. */
  put(path: string, records: readonly unknown[]): Promise<void>
  /** Undefined: 404. */
  get(path: string): Promise<unknown>
}

export function openApiAt(serverUrl: string, key: string): OpenApi {
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(`${serverUrl}/open/v1/${path}`, { method, headers, body: JSON.stringify(body) })
    const content: unknown = await answer.json()
    if (answer.status === 404) return undefined
    if (!answer.ok) throw new Error(`${method} /open/v1/${path}: ${answer.status} ${JSON.stringify(content)}`)
    return content
  }
  return {
    get: (path) => call('GET', path),
    async put(path, records) {
      for (let from = 0; from < records.length; from += BATCH) {
        const answer = await call('PUT', path, records.slice(from, from + BATCH))
        if (!Value.Check(BatchAnswer, answer)) throw new Error(`PUT /open/v1/${path}: ${JSON.stringify(answer)}`)
        const [refused] = answer.rejected
        if (refused)
          throw new Error(`PUT /open/v1/${path}: ${answer.rejected.length} 条被拒,${JSON.stringify(refused)}`)
      }
    },
  }
}
