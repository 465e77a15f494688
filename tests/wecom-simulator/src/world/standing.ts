import type { Member } from './model.ts'

const ACTIVE = 1

/** A member may follow customers for the app only while configured, visible and active (docs 92109, 92129). */
export function settled(member: Omit<Member, 'follows'>): Member {
  return { ...member, follows: mayFollow(member) }
}

/** After any of the three has changed. */
export function settle(member: Member) {
  member.follows = mayFollow(member)
}

function mayFollow({ configured, visible, status }: Pick<Member, 'configured' | 'visible' | 'status'>): boolean {
  return configured && visible && status === ACTIVE
}
