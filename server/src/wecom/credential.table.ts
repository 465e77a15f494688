export interface WecomCredentialTable {
  name: string
  sealed: Buffer
  generation: number
  obtainedAt: Date
  expiresAt: Date
}
