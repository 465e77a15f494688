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

export function getInvitation(db: Db, invitationId: number) {
  return db.selectFrom('invitation').selectAll().where('invitationId', '=', invitationId).executeTakeFirstOrThrow()
}

/** An invitation and who invites. */
export function findInvitationWithHost(db: Db, invitationId: number) {
  return db
    .selectFrom('invitation')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(invitation.guide_user_id)`))
    .leftJoin('store', 'store.storeId', 'guide.storeId')
    .selectAll('invitation')
    .select(['guide.name as guideName', 'store.name as storeName'])
    .where('invitationId', '=', invitationId)
    .executeTakeFirst()
}

export async function setOpened(db: Db, invitationId: number, at: Date): Promise<void> {
  await db
    .updateTable('invitation')
    .set({ openedAt: at })
    .where('invitationId', '=', invitationId)
    .where('openedAt', 'is', null)
    .execute()
}
