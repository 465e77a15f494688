import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Requests for one phone, and for one invitation, take turns until their transactions end. */
export async function lockVerifications(db: Db, invitationId: number, phoneHash: string): Promise<void> {
  await db
    .selectFrom('invitation')
    .select('invitationId')
    .where('invitationId', '=', invitationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`phone ${phoneHash}`}, 0))`.execute(db)
}

/** How many codes went out since, to this phone and from this invitation, and when the last of either did. */
export function countSentCodes(db: Db, invitationId: number, phoneHash: string, since: Date) {
  return db
    .selectFrom('phoneVerification')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('phoneHash', '=', phoneHash).as('toPhone'),
      fn.countAll<number>().filterWhere('invitationId', '=', invitationId).as('fromInvitation'),
      fn.max<Date | null>('sentAt').as('lastSentAt'),
    ])
    .where((where) => where.or([where('phoneHash', '=', phoneHash), where('invitationId', '=', invitationId)]))
    .where('sentAt', '>', since)
    .executeTakeFirstOrThrow()
}

export async function insertVerification(
  db: Db,
  verification: { invitationId: number; phoneHash: string; codeHash: string; sentAt: Date; expiresAt: Date },
): Promise<void> {
  await db.insertInto('phoneVerification').values(verification).execute()
}

/** Spends one try of the newest code sent to this phone from this invitation; no row back: none is left. */
export function spendTry(db: Db, invitationId: number, phoneHash: string, now: Date, tries: number) {
  return db
    .updateTable('phoneVerification')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('verificationId', '=', (select) =>
      select
        .selectFrom('phoneVerification')
        .select('verificationId')
        .where('invitationId', '=', invitationId)
        .where('phoneHash', '=', phoneHash)
        .orderBy('verificationId', 'desc')
        .limit(1),
    )
    .where('attempts', '<', tries)
    .where('expiresAt', '>', now)
    .where('confirmedAt', 'is', null)
    .returning(['verificationId', 'codeHash'])
    .executeTakeFirst()
}

/** A code confirms once. */
export async function setConfirmed(db: Db, verificationId: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('phoneVerification')
    .set({ confirmedAt: at })
    .where('verificationId', '=', verificationId)
    .where('confirmedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
