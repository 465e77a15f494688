import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Move, Standing } from './judge-tier.ts'

export async function listStandings(db: Db, externalUserIds: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await db
    .selectFrom('tierStanding')
    .select(['externalUserId', 'tier', 'source', 'since', 'keptUntil'])
    .where(sql<boolean>`external_user_id = any(${[...externalUserIds]}::text[])`)
    .execute()
  return new Map(rows.map(({ externalUserId, ...standing }) => [externalUserId, standing]))
}

export type StandingRow = Standing & { externalUserId: string; reviewAt: Date }

export async function upsertStandings(tx: Db, standings: readonly StandingRow[]): Promise<void> {
  await sql`
    insert into tier_standing (external_user_id, tier, source, since, kept_until, review_at)
    select "externalUserId", tier, source, since, "keptUntil", "reviewAt"
    from json_to_recordset(${JSON.stringify(standings)}::json) as given (
      "externalUserId" text, tier text, source text, since timestamptz, "keptUntil" timestamptz, "reviewAt" timestamptz
    )
    order by "externalUserId"
    on conflict (external_user_id) do update set
      tier = excluded.tier, source = excluded.source, since = excluded.since, kept_until = excluded.kept_until,
      review_at = excluded.review_at`.execute(tx)
}

/** Of people who are no members any more. */
export async function deleteStandings(tx: Db, externalUserIds: readonly string[]): Promise<void> {
  await sql`delete from tier_standing where external_user_id = any(${[...externalUserIds]}::text[])`.execute(tx)
}

export type MoveRow = Move & { externalUserId: string; at: Date }

export async function insertMoves(tx: Db, moves: readonly MoveRow[]): Promise<void> {
  if (moves.length === 0) return
  await tx
    .insertInto('tierMove')
    .values(
      moves.map(({ externalUserId, from, to, cause, evidence, at }) => ({
        externalUserId,
        fromTier: from,
        toTier: to,
        cause,
        basis: evidence?.basis ?? null,
        brand: evidence?.brand ?? null,
        storeIds: evidence?.storeIds ? [...evidence.storeIds] : null,
        spend: evidence?.spend ?? null,
        threshold: evidence?.threshold ?? null,
        at,
      })),
    )
    .execute()
}

export function listMoves(db: Db, externalUserId: string) {
  return db
    .selectFrom('tierMove')
    .selectAll()
    .where('externalUserId', '=', externalUserId)
    .orderBy('tierMoveId', 'desc')
    .limit(200)
    .execute()
}
