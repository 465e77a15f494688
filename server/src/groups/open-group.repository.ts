import type { Db } from '../db/connection.ts'

export function findGroup(db: Db, chatId: string) {
  return db.selectFrom('customerGroup').selectAll().where('chatId', '=', chatId).executeTakeFirst()
}

export async function listAdmins(db: Db, chatId: string): Promise<{ userId: string }[]> {
  return db.selectFrom('groupAdmin').select('userId').where('chatId', '=', chatId).orderBy('userId').execute()
}

/** Who is in the group now, longest first. */
export function listStays(db: Db, chatId: string) {
  return db
    .selectFrom('groupMembership')
    .selectAll()
    .where('chatId', '=', chatId)
    .where('leftAt', 'is', null)
    .orderBy('joinedAt')
    .orderBy('memberId')
    .execute()
}

/** Stays that are over, the latest first. */
export function listPastStays(db: Db, chatId: string) {
  return db
    .selectFrom('groupMembership')
    .selectAll()
    .where('chatId', '=', chatId)
    .where('leftAt', 'is not', null)
    .orderBy('leftAt', 'desc')
    .orderBy('memberId')
    .execute()
}
