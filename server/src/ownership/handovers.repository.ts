import type { CustomerHandoverState } from '@zhanggui/shared/handover.ts'
import { type Insertable, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { HandoverTable } from './handover.table.ts'

export async function insertHandover(db: Db, handover: Insertable<HandoverTable>): Promise<void> {
  await db.insertInto('handover').values(handover).execute()
}

export function findHandover(db: Db, handoverId: string) {
  return db.selectFrom('handover').selectAll().where('handoverId', '=', handoverId).executeTakeFirst()
}

export type Handover = NonNullable<Awaited<ReturnType<typeof findHandover>>>

/** WeCom takes one transfer of a giver at a time (45035). False: somebody else is at it until their transaction ends. */
export async function tryTurn(tx: Db, fromUserId: string): Promise<boolean> {
  const key = `handover ${fromUserId.toLowerCase()}`
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as mine`.execute(tx)
  return rows[0]?.mine === true
}

export async function listFriendsOf(db: Db, guideUserId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('followRelation')
    .select('externalUserId')
    .where(
      'guideUserId',
      'in',
      db.selectFrom('guide').select('userId').where(sql`lower(user_id)`, '=', guideUserId.toLowerCase()),
    )
    .where('endedAt', 'is', null)
    .execute()
  return rows.map(({ externalUserId }) => externalUserId)
}

/** Whom and what it is about; a plan that was made stays as it is. */
export async function keepPlan(
  db: Db,
  handoverId: string,
  { customers, groups, at }: { customers: readonly string[]; groups: readonly string[]; at: Date },
): Promise<void> {
  await sql`
    with planned as (
      update handover set planned_at = ${at} where handover_id = ${handoverId} and planned_at is null
      returning handover_id
    ), planned_group as (
      insert into handover_group (handover_id, chat_id, state)
      select handover_id, chat_id, 'queued' from planned, unnest(${[...groups]}::text[]) as chat_id
      on conflict do nothing
    )
    insert into handover_customer (handover_id, external_user_id, state)
    select handover_id, external_user_id, 'queued' from planned, unnest(${[...customers]}::text[]) as external_user_id
    on conflict do nothing`.execute(db)
}

export async function listQueued(db: Db, handoverId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('handoverCustomer')
    .select('externalUserId')
    .where('handoverId', '=', handoverId)
    .where('state', '=', 'queued')
    .orderBy('externalUserId')
    .limit(limit)
    .execute()
  return rows.map(({ externalUserId }) => externalUserId)
}

export interface Told {
  externalUserId: string
  state: CustomerHandoverState
  reason: string | null
  errcode: number | null
}

/** What WeCom said when asked to hand these over. One that waits in another handover already cannot wait in this. */
export async function keepBegun(db: Db, handoverId: string, told: readonly Told[], at: Date): Promise<void> {
  await sql`
    with told as (
      select "externalUserId" as external_user_id, errcode, state = 'waiting' and exists (
          select from handover_customer other
          where other.external_user_id = "externalUserId" and other.state = 'waiting'
            and other.handover_id <> ${handoverId}
        ) as taken, state, reason
      from json_to_recordset(${JSON.stringify(told)}::json) as given (
        "externalUserId" text, state text, reason text, errcode integer
      )
    )
    update handover_customer held set
      state = case when taken then 'failed' else told.state end,
      reason = case when taken then 'in_another_handover' else told.reason end,
      errcode = told.errcode, asked_at = ${at}::timestamptz,
      ended_at = case when taken or told.state <> 'waiting' then ${at}::timestamptz end
    from told
    where held.handover_id = ${handoverId} and held.external_user_id = told.external_user_id and held.state = 'queued'
  `.execute(db)
}

/** How those ended whom the taker does not get. One that has ended stays as it is. */
export async function endWithout(
  db: Db,
  handoverId: string,
  ended: { customers: readonly string[]; state: CustomerHandoverState; reason?: string; at: Date },
): Promise<void> {
  await sql`
    update handover_customer set state = ${ended.state}, reason = ${ended.reason ?? null}, errcode = null,
      ended_at = ${ended.at}
    where handover_id = ${handoverId} and state in ('queued', 'waiting')
      and external_user_id = any(${[...ended.customers]}::text[])`.execute(db)
}

/** Those WeCom said yes to and has not settled, and those it said the giver does not have: by now they may be done. */
export function listUnsettled(db: Db, handoverId: string, notAFriend: number) {
  return db
    .selectFrom('handoverCustomer')
    .select(['externalUserId', 'state', 'askedAt'])
    .where('handoverId', '=', handoverId)
    .where((where) => where.or([where('state', '=', 'waiting'), where('errcode', '=', notAFriend)]))
    .execute()
}

/** Marks it done; false: it was before, or never was to be. */
export async function markDone(
  tx: Db,
  { handoverId, externalUserId, at }: { handoverId: string; externalUserId: string; at: Date },
  notAFriend: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('handoverCustomer')
    .set({ state: 'done', reason: null, errcode: null, endedAt: at })
    .where('handoverId', '=', handoverId)
    .where('externalUserId', '=', externalUserId)
    .where((where) => where.or([where('state', 'in', ['queued', 'waiting']), where('errcode', '=', notAFriend)]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Open handovers of this customer in which the guide gives or takes. */
export function listOpenOf(db: Db, externalUserId: string, part: 'fromUserId' | 'toUserId', userId: string) {
  return db
    .selectFrom('handoverCustomer')
    .innerJoin('handover', 'handover.handoverId', 'handoverCustomer.handoverId')
    .selectAll('handover')
    .where('handoverCustomer.externalUserId', '=', externalUserId)
    .where('handoverCustomer.state', 'in', ['queued', 'waiting'])
    .where(sql`lower(${sql.ref(`handover.${part}`)})`, '=', userId.toLowerCase())
    .execute()
}

/** It ends when nothing of it is open any more. */
export async function finishIfSettled(db: Db, handoverId: string, at: Date): Promise<void> {
  await sql`
    update handover set finished_at = ${at}
    where handover_id = ${handoverId} and finished_at is null and planned_at is not null
      and not exists (
        select from handover_customer where handover_id = ${handoverId} and state in ('queued', 'waiting')
      )
      and not exists (select from handover_group where handover_id = ${handoverId} and state = 'queued')`.execute(db)
}
