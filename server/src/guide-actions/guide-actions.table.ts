export interface GuideActionTable {
  actionId: string
  action: string
  guideUserId: string
  externalUserId: string | null
  chatId: string | null
  at: Date
  lastedMs: number | null
}
