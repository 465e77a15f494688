import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Handover } from './handovers.repository.ts'

/** doc 92114: assigned by the admin, which is how a takeover looks. */
const ASSIGNED = 202

/**
 * Handovers WeCom is to be asked about: those not asked about since `pollBefore`, and those of which a customer has
 * appeared with the taker meanwhile.
 */
export async function listDueHandovers(db: Db, pollBefore: Date): Promise<Handover[]> {
  const { rows } = await sql<Handover>`
    select handover.* from handover
    where finished_at is null and planned_at is not null
      and exists (select from handover_customer held where held.handover_id = handover.handover_id and state = 'waiting')
      and (polled_at is null or polled_at <= ${pollBefore} or exists (
        select from handover_customer held
        join follow_relation taken on taken.external_user_id = held.external_user_id
          and lower(taken.guide_user_id) = lower(handover.to_user_id)
        where held.handover_id = handover.handover_id and held.state = 'waiting' and taken.ended_at is null
          and taken.add_way = ${ASSIGNED} and taken.mirrored_at > handover.polled_at
          and taken.started_at > handover.asked_at
      ))
    order by asked_at`.execute(db)
  return rows
}

export async function markPolled(db: Db, handoverId: string, at: Date): Promise<void> {
  await db.updateTable('handover').set({ polledAt: at }).where('handoverId', '=', handoverId).execute()
}

/** The guide to whom the console has assigned this customer, if that can be told. */
export function findAssignedTaker(db: Db, externalUserId: string, since: Date) {
  return db
    .selectFrom('followRelation')
    .select('guideUserId')
    .where('externalUserId', '=', externalUserId)
    .where('addWay', '=', ASSIGNED)
    .where('endedAt', 'is', null)
    .where('startedAt', '>=', since)
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}
