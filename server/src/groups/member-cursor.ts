import { AppError } from '../errors.ts'

/** Where a list of members goes on: owner and admins first, then the newest. */
export interface MemberPosition {
  rank: number
  joinedAt: Date
  memberId: string
}

export function writeCursor({ rank, joinedAt, memberId }: MemberPosition): string {
  return Buffer.from(`${rank} ${joinedAt.getTime()} ${memberId}`).toString('base64url')
}

export function readCursor(cursor: string): MemberPosition {
  const [, rank, joinedAt, memberId] =
    /^(\d) (\d{1,15}) ([^\0]{1,128})$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (rank === undefined || joinedAt === undefined || memberId === undefined)
    throw new AppError('bad_request', { detail: 'cursor is not one that this list gave' })
  return { rank: Number(rank), joinedAt: new Date(Number(joinedAt)), memberId }
}
