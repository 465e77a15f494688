import type { Generated, GeneratedAlways } from 'kysely'

export interface MemberTable {
  memberNo: string
  externalUserId: string | null
  unionId: string | null
  phoneHash: string | null
  phoneSealed: Buffer | null
  phoneVerifiedAt: Date | null
  name: string | null
  /** YYYY-MM-DD */
  birthday: string | null
  tier: string | null
  points: number | null
  storedValue: number | null
  joinedAt: Date
  source: 'crm' | 'enrolment'
  updatedAt: Date
}

export interface InvitationTable {
  invitationId: GeneratedAlways<number>
  guideUserId: string
  externalUserId: string
  expiresAt: Date
  invitedAt: Date | null
  openedAt: Date | null
  enrolledAt: Date | null
}

export interface ConsentTable {
  externalUserId: string
  purpose: string
  wordingVersion: string
  grantedAt: Date
  withdrawnAt: Date | null
}

export interface PhoneVerificationTable {
  verificationId: GeneratedAlways<number>
  invitationId: number
  phoneHash: string
  codeHash: string
  attempts: Generated<number>
  sentAt: Date
  expiresAt: Date
  confirmedAt: Date | null
}
