import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Purpose } from './consent.ts'

export async function findUnionId(db: Db, externalUserId: string): Promise<string | null> {
  const row = await db
    .selectFrom('customer')
    .select('unionId')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
  return row?.unionId ?? null
}

/** Members with this phone, verified; locked, so that two enrolments cannot both take one. */
export function lockMembersWithPhone(db: Db, phoneHash: string) {
  return db
    .selectFrom('member')
    .select(['memberNo', 'externalUserId', 'unionId'])
    .where('phoneHash', '=', phoneHash)
    .where('phoneVerifiedAt', 'is not', null)
    .forUpdate()
    .execute()
}

/** What the customer told fills gaps; what the CRM knows stays. */
export async function linkMember(
  db: Db,
  memberNo: string,
  customer: { externalUserId: string; unionId: string | null; name: string; birthday: string | null },
  at: Date,
): Promise<void> {
  const { externalUserId, unionId, name, birthday } = customer
  await db
    .updateTable('member')
    .set({
      externalUserId,
      unionId: sql`coalesce(union_id, ${unionId})`,
      name: sql`coalesce(name, ${name})`,
      birthday: sql`coalesce(birthday, ${birthday}::date)`,
      updatedAt: at,
    })
    .where('memberNo', '=', memberNo)
    .execute()
}

export interface NewMember {
  memberNo: string
  externalUserId: string
  unionId: string | null
  phoneHash: string | null
  phoneSealed: Buffer | null
  phoneVerifiedAt: Date | null
  name: string
  birthday: string | null
  joinedAt: Date
}

/** False: the number is taken. */
export async function insertMember(db: Db, member: NewMember): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('member')
    .values({
      ...member,
      tier: null,
      points: null,
      storedValue: null,
      source: 'enrolment',
      updatedAt: member.joinedAt,
    })
    .onConflict((conflict) => conflict.column('memberNo').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function insertConsents(
  db: Db,
  externalUserId: string,
  consents: readonly { purpose: Purpose; version: string }[],
  at: Date,
): Promise<void> {
  await db
    .insertInto('consent')
    .values(
      consents.map(({ purpose, version }) => ({ externalUserId, purpose, wordingVersion: version, grantedAt: at })),
    )
    .execute()
}
