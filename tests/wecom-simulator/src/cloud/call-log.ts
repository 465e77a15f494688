import type { Log } from '../log.ts'

/** One API call. Never the token, the secret or an OAuth code. */
export interface ApiCall {
  /** 'externalcontact/get' */
  endpoint: string
  query: Record<string, string>
  body: unknown
  errcode: number
  startedAt: Date
  ms: number
}

export interface CallLog {
  /** Oldest first; the oldest of very many are forgotten. */
  readonly all: readonly ApiCall[]
  of(endpoint: string): ApiCall[]
  count(endpoint: string, errcode?: number): number
}

export function createCallLog(log: Log<ApiCall>): CallLog {
  return {
    get all() {
      return log.items
    },
    of: (endpoint) => log.items.filter((call) => call.endpoint === endpoint),
    count: (endpoint, errcode) =>
      log.items.filter((call) => call.endpoint === endpoint && (errcode === undefined || call.errcode === errcode))
        .length,
  }
}
