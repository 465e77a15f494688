import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfMember, stands } from '../identity/resolve.repository.ts'

/** The member a customer is: the one linked or decided, else one not linked to anybody else that shares the unionid. */
export function findMemberOf(db: Db, { externalUserId, unionId }: { externalUserId: string; unionId?: string }) {
  return (
    db
      .selectFrom('member as m')
      .selectAll()
      .where((where) =>
        where.or([
          where('m.externalUserId', '=', externalUserId),
          where.and([
            where('m.externalUserId', 'is', null),
            where(
              'm.unionId',
              '=',
              unionId === undefined
                ? where.selectFrom('customer').select('unionId').where('externalUserId', '=', externalUserId)
                : where.val(unionId),
            ),
          ]),
          sql<boolean>`m.member_no in (
          select d.value from identity_decision d
          where d.kind = 'member_no' and d.external_user_id = ${externalUserId} and ${stands}
        )`,
        ]),
      )
      // Somebody may have decided that it is another customer's.
      .where(sql<boolean>`coalesce(${customerOfMember}, ${externalUserId}) = ${externalUserId}`)
      .orderBy(sql`m.external_user_id is not distinct from ${externalUserId}`, 'desc')
      .orderBy('m.joinedAt')
      .limit(1)
      .executeTakeFirst()
  )
}
