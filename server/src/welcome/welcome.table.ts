import type { WelcomeOutcome } from '@zhanggui/shared/customer.ts'
import type { WelcomeAttachment, WelcomeMatch } from '@zhanggui/shared/welcome.ts'
import type { GeneratedAlways, JSONColumnType } from 'kysely'

export interface WelcomeRuleTable {
  ruleId: string
  text: string
  memberText: string | null
  attachments: JSONColumnType<WelcomeAttachment[]>
  match: JSONColumnType<WelcomeMatch>
  priority: number
  updatedAt: Date
}

export interface WelcomeTable {
  welcomeId: GeneratedAlways<number>
  claimKey: string
  guideUserId: string
  externalUserId: string
  eventAt: Date
  receivedAt: Date
  outcome: WelcomeOutcome | null
  reason: string | null
  errcode: number | null
  ruleId: string | null
  finishedAt: Date | null
  latencyMs: number | null
}

export interface MediaTable {
  sourceUrl: string
  kind: 'image' | 'video' | 'file'
  mediaId: string | null
  uploadedAt: Date | null
  expiresAt: Date | null
  failure: string | null
}
