import type { JSONColumnType } from 'kysely'

export interface RememberedAnswerTable {
  apiKey: string
  key: string
  requestDigest: string
  status: number
  body: JSONColumnType<unknown[]>
  answeredAt: Date
}
