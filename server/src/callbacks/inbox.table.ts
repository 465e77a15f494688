import type { GeneratedAlways } from 'kysely'

export interface CallbackInboxTable {
  callbackId: GeneratedAlways<number>
  endpoint: 'app' | 'contacts'
  event: string
  digest: string
  xml: string
  eventAt: Date
  receivedAt: Date
}
