import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

interface Relation {
  guideUserId: string
  externalUserId: string
}

/** One invitation per relation: preparing it again renews its expiry and leaves its state alone. */
export async function upsertInvitation(db: Db, relation: Relation, expiresAt: Date): Promise<number> {
  const { invitationId } = await db
    .insertInto('invitation')
    .values({ ...relation, expiresAt })
    .onConflict((conflict) => conflict.columns(['externalUserId', 'guideUserId']).doUpdateSet({ expiresAt }))
    .returning('invitationId')
    .executeTakeFirstOrThrow()
  return invitationId
}

export async function setInvited(db: Db, invitationId: number, at: Date): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ invitedAt: sql`coalesce(invited_at, ${at})` })
    .where('invitationId', '=', invitationId)
    .execute()
}
