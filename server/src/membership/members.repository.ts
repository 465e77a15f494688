import type { Db } from '../db/connection.ts'

/** The member a customer is: the one linked, else one not linked to anybody else that shares the unionid. */
export function findMemberOf(db: Db, { externalUserId, unionId }: { externalUserId: string; unionId?: string }) {
  return db
    .selectFrom('member')
    .selectAll()
    .where((where) =>
      where.or([
        where('externalUserId', '=', externalUserId),
        where.and([
          where('externalUserId', 'is', null),
          where(
            'unionId',
            '=',
            unionId === undefined
              ? where.selectFrom('customer').select('unionId').where('externalUserId', '=', externalUserId)
              : where.val(unionId),
          ),
        ]),
      ]),
    )
    .orderBy('externalUserId', (order) => order.asc().nullsLast())
    .orderBy('joinedAt')
    .limit(1)
    .executeTakeFirst()
}
