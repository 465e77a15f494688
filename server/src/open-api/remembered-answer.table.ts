import type { JSONColumnType } from 'kysely'

export interface RememberedAnswerTable {
  apiKey: string
  key: string
  requestDigest: string
  /** 200, or a problem's. */
  status: number
  body: JSONColumnType<Record<string, unknown>>
  answeredAt: Date
}
