export interface CallbackInboxTable {
  endpoint: 'app' | 'contacts'
  event: string
  digest: string
  xml: string
  eventAt: Date
  receivedAt: Date
}
