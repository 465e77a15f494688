import type { OpenCustomer, Tag } from '@zhanggui/shared/customer.ts'
import type { Db } from '../db/connection.ts'

/** Whatever WeCom has told about the customer; undefined before it has told anything. */
export function findCustomer(db: Db, externalUserId: string) {
  return db.selectFrom('customer').selectAll().where('externalUserId', '=', externalUserId).executeTakeFirst()
}

/** Every relation there is or was, the oldest first. */
export async function listRelations(db: Db, externalUserId: string): Promise<OpenCustomer['relations']> {
  const rows = await db
    .selectFrom('followRelation')
    .selectAll()
    .where('externalUserId', '=', externalUserId)
    .orderBy('startedAt')
    .orderBy('guideUserId')
    .execute()
  return rows.map((row) => ({
    userId: row.guideUserId,
    startedAt: row.startedAt.toISOString(),
    ...(row.remark && { remark: row.remark }),
    ...(row.channelState && { channel: row.channelState }),
    ...(row.addWay !== null && { addWay: row.addWay }),
    ...(row.endedAt && { endedAt: row.endedAt.toISOString() }),
    ...(row.endedBy && { endedBy: row.endedBy }),
  }))
}

/** Every tag of every relation; `userId` is the guide on whose relation it stands. */
export async function listTags(db: Db, externalUserId: string): Promise<Tag[]> {
  const rows = await db
    .selectFrom('relationTag')
    .selectAll()
    .where('externalUserId', '=', externalUserId)
    .orderBy('groupName')
    .orderBy('name')
    .orderBy('guideUserId')
    .execute()
  return rows.map(({ groupName, name, source, guideUserId }) => ({
    name,
    source,
    userId: guideUserId,
    ...(groupName && { group: groupName }),
  }))
}
