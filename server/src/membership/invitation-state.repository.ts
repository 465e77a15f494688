import type { InvitationState } from '@zhanggui/shared/customer.ts'
import type { Db } from '../db/connection.ts'

/** How far any of a customer's invitations has come; undefined when none went out. */
export async function findInvitationState(db: Db, externalUserId: string): Promise<InvitationState | undefined> {
  const { enrolledAt, openedAt, invitedAt } = await db
    .selectFrom('invitation')
    .select(({ fn }) => [
      fn.max('enrolledAt').as('enrolledAt'),
      fn.max('openedAt').as('openedAt'),
      fn.max('invitedAt').as('invitedAt'),
    ])
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirstOrThrow()
  if (enrolledAt) return 'enrolled'
  if (openedAt) return 'opened'
  return invitedAt ? 'invited' : undefined
}
