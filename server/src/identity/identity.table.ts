import type { GeneratedAlways } from 'kysely'

/** What a decision is about; its `value` is the number, the unionid or the phone's keyed hash. */
export type DecisionKind = 'order' | 'refund' | 'member_no' | 'union_id' | 'phone'

export interface IdentityDecisionTable {
  identityDecisionId: GeneratedAlways<number>
  kind: DecisionKind
  value: string
  externalUserId: string
  cause: 'decision' | 'binding'
  claimants: string[]
  reason: string | null
  decidedBy: string
  decidedAt: Date
  supersededBy: number | null
  undoneAt: Date | null
  undoneBy: string | null
  undoReason: string | null
}

export interface FormerMemberNoTable {
  formerNo: string
  memberNo: string
  replacedAt: Date
}
