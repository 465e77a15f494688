import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export interface Pair {
  guideUserId: string
  externalUserId: string
}

export interface Wish {
  tagId: string
  wanted: boolean
}

/** The guide's own relation while it lives, in WeCom's spelling of the userid. */
export async function findLivePair(db: Db, guideUserId: string, externalUserId: string): Promise<Pair | undefined> {
  return db
    .selectFrom('followRelation')
    .select(['guideUserId', 'externalUserId'])
    .where('externalUserId', '=', externalUserId)
    .where(sql`lower(guide_user_id)`, '=', guideUserId.toLowerCase())
    .where('endedAt', 'is', null)
    .executeTakeFirst()
}

/** The last tap on a tag is the one that counts. */
export async function keepWishes(db: Db, pair: Pair, wishes: readonly Wish[], at: Date): Promise<void> {
  if (wishes.length === 0) return
  await sql`
    insert into tag_write as held (external_user_id, guide_user_id, tag_id, wanted, asked_at)
    select ${pair.externalUserId}, ${pair.guideUserId}, "tagId", wanted, ${at}
    from json_to_recordset(${JSON.stringify(wishes)}::json) as given ("tagId" text, wanted boolean)
    order by "tagId"
    on conflict (external_user_id, guide_user_id, tag_id) do update set
      wanted = excluded.wanted, tap = held.tap + 1, asked_at = excluded.asked_at, refused_at = null, errcode = null
  `.execute(db)
}

export async function keepTagUse(db: Db, guideUserId: string, tagIds: readonly string[], at: Date): Promise<void> {
  await sql`
    insert into tag_use (guide_user_id, tag_id, used_at)
    select ${guideUserId}, tag_id, ${at} from unnest(${[...tagIds]}::text[]) as tag_id
    on conflict (guide_user_id, tag_id) do update set used_at = excluded.used_at`.execute(db)
}

/** A refusal nobody has come back to is forgotten. */
export async function dropOldRefusals(db: Db, guideUserId: string, before: Date): Promise<void> {
  await db.deleteFrom('tagWrite').where('guideUserId', '=', guideUserId).where('refusedAt', '<', before).execute()
}

export function listWaitingWrites(db: Db, { guideUserId, externalUserId }: Pair) {
  return db
    .selectFrom('tagWrite')
    .select(['tagId', 'wanted', 'tap', 'askedAt'])
    .where('externalUserId', '=', externalUserId)
    .where('guideUserId', '=', guideUserId)
    .where('refusedAt', 'is', null)
    .orderBy('tagId')
    .execute()
}

export type WaitingWrite = Awaited<ReturnType<typeof listWaitingWrites>>[number]

/** Unless the guide has tapped again since. */
export async function dropWrites(db: Db, pair: Pair, writes: readonly WaitingWrite[]): Promise<void> {
  await sql`delete from tag_write held using ${asRows(writes)} where ${isSameTap(pair)}`.execute(db)
}

/** Unless the guide has tapped again since. */
export async function refuseWrites(
  db: Db,
  pair: Pair,
  writes: readonly WaitingWrite[],
  { at, errcode }: { at: Date; errcode: number | null },
): Promise<void> {
  await sql`
    update tag_write held set refused_at = ${at}, errcode = ${errcode}
    from ${asRows(writes)} where ${isSameTap(pair)}`.execute(db)
}

const asRows = (writes: readonly WaitingWrite[]) =>
  sql`json_to_recordset(${JSON.stringify(writes)}::json) as given ("tagId" text, tap int)`

const isSameTap = ({ guideUserId, externalUserId }: Pair) =>
  sql`held.external_user_id = ${externalUserId} and held.guide_user_id = ${guideUserId}
    and held.tag_id = given."tagId" and held.tap = given.tap`
