import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export function findCustomerWithOwner(db: Db, externalUserId: string) {
  return db
    .selectFrom('customer')
    .leftJoin('guide as owner', (join) => join.on(sql`lower(owner.user_id)`, '=', sql`lower(customer.owner_user_id)`))
    .selectAll('customer')
    .select('owner.name as ownerName')
    .where('externalUserId', '=', externalUserId)
    .executeTakeFirst()
}

/** The viewer's own relation if it lives, else the owner's, else whichever lives or lived last. */
export function findRelationToShow(db: Db, externalUserId: string, viewerUserId: string) {
  const isMine = sql<boolean>`lower(follow_relation.guide_user_id) = ${viewerUserId.toLowerCase()}`
  return db
    .selectFrom('followRelation')
    .innerJoin('customer', 'customer.externalUserId', 'followRelation.externalUserId')
    .leftJoin('guide', (join) => join.on(sql`lower(guide.user_id)`, '=', sql`lower(follow_relation.guide_user_id)`))
    .leftJoin('channel', 'channel.state', 'followRelation.channelState')
    .selectAll('followRelation')
    .select(['guide.name as guideName', 'channel.name as channelName', isMine.as('isMine')])
    .where('followRelation.externalUserId', '=', externalUserId)
    .orderBy(sql`${isMine} and ended_at is null`, 'desc')
    .orderBy(sql`follow_relation.guide_user_id = customer.owner_user_id`, (order) => order.desc().nullsLast())
    .orderBy('endedAt', (order) => order.desc().nullsFirst())
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}
