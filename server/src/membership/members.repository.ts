import type { Db } from '../db/connection.ts'

/** The member a customer is: linked by id, or sharing a unionid. */
export function findMemberOf(db: Db, { externalUserId, unionId }: { externalUserId: string; unionId?: string }) {
  return db
    .selectFrom('member')
    .selectAll()
    .where((where) =>
      where.or([
        where('externalUserId', '=', externalUserId),
        where(
          'unionId',
          '=',
          unionId === undefined
            ? where.selectFrom('customer').select('unionId').where('externalUserId', '=', externalUserId)
            : where.val(unionId),
        ),
      ]),
    )
    .orderBy(
      (order) => order('externalUserId', '=', externalUserId),
      (direction) => direction.desc().nullsLast(),
    )
    .orderBy('joinedAt')
    .limit(1)
    .executeTakeFirst()
}
