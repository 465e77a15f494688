import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { keyedColumns, listColumns, plainColumns } from './renamed-columns.ts'
import type { MirroredMember } from './wecom-member.ts'

export interface Rename {
  from: string
  to: string
}

/** Members WeCom lists under another userid than the one we knew them by: the callback that said so was lost. */
export async function findRenamedMembers(db: Db, members: readonly MirroredMember[]): Promise<Rename[]> {
  const { rows } = await sql<Rename>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(members)}::json) as given ("userId" text, "openUserId" text)
    )
    select distinct on (guide.user_id) guide.user_id as "from", given."userId" as "to"
    from given join guide on guide.open_user_id = given."openUserId"
    where not exists (select from given listed where lower(listed."userId") = lower(guide.user_id))
    order by guide.user_id`.execute(db)
  return rows
}

/** From now on the former userids mean the new ones. To be called under `lockDirectory`. */
export async function addAliases(db: Db, renames: readonly Rename[], renamedAt: Date): Promise<void> {
  // A change of case alone is no new userid.
  const given = JSON.stringify(renames.filter(({ from, to }) => from.toLowerCase() !== to.toLowerCase()))
  const rename = sql`json_to_recordset(${given}::json) as given ("from" text, "to" text)`
  await sql`
    update guide_alias set user_id = "to" from ${rename} where lower(guide_alias.user_id) = lower("from")`.execute(db)
  await sql`
    insert into guide_alias (former_id, user_id, renamed_at)
    select distinct on (lower("from")) lower("from"), "to", ${renamedAt} from ${rename}
    order by lower("from")
    on conflict (former_id) do update set user_id = excluded.user_id`.execute(db)
  // Back to what it was before.
  await sql`delete from guide_alias using ${rename} where former_id = lower("to")`.execute(db)
}

export async function hasAliases(db: Db): Promise<boolean> {
  const row = await db.selectFrom('guideAlias').select('formerId').limit(1).executeTakeFirst()
  return row !== undefined
}

/**
 * Moves the guides themselves; any answer about the new userid is newer than what was told under the old one. Whoever
 * already stands under the new userid takes over what HQ had decided.
 */
export async function moveGuides(db: Db): Promise<void> {
  await sql`
    update guide set user_id = alias.user_id, visible = true, status = nullif(status, 'left'), left_at = null,
      mirrored_at = to_timestamp(0)
    from guide_alias alias
    where lower(guide.user_id) = former_id
      and not exists (select from guide newer where lower(newer.user_id) = lower(alias.user_id))`.execute(db)
  await sql`
    with former as (
      delete from guide using guide_alias alias where lower(guide.user_id) = former_id
      returning alias.user_id as present_id, guide.name, guide.assigned_store_id, guide.role, guide.open_user_id
    )
    update guide set name = coalesce(guide.name, former.name),
      open_user_id = coalesce(guide.open_user_id, former.open_user_id),
      role = case when guide.assigned_store_id is null then former.role else guide.role end,
      assigned_store_id = coalesce(guide.assigned_store_id, former.assigned_store_id)
    from former where lower(guide.user_id) = lower(present_id)`.execute(db)
}

/** A relation that had rows under both userids, to be read off its history again. */
export interface Collision {
  guideUserId: string
  externalUserId: string
}

/**
 * Gives everything that names a former userid to the present one, a statement a table, each complete in itself: what
 * comes in meanwhile under the former userid waits for the next time. Gives the relations that met themselves.
 */
export async function moveNames(db: Db): Promise<Collision[]> {
  const collisions: Collision[] = []
  await voidAbsences(db)
  for (const { table, column, same, other, folded } of keyedColumns) {
    const [from, userId] = [sql.raw(table), sql.raw(column)]
    const presentId = folded ? sql`lower(alias.user_id)` : sql`alias.user_id`
    await sql`
      update ${from} as old set ${userId} = ${presentId} from guide_alias alias
      where lower(old.${userId}) = former_id and not exists (
        select from ${from} newer where (${sql.raw(same)})
          and (lower(newer.${userId}) = lower(alias.user_id)
            or lower(newer.${userId}) = former_id and newer.${userId} > old.${userId})
      )`.execute(db)
    if (other === 'stays') continue
    const { rows } = await sql<Partial<Collision>>`
      delete from ${from} as old using guide_alias alias
      where lower(old.${userId}) = former_id and exists (
        select from ${from} newer where (${sql.raw(same)}) and lower(newer.${userId}) = lower(alias.user_id)
      )
      returning ${sql.raw(table === 'follow_relation' ? 'alias.user_id as guide_user_id, old.external_user_id' : '1')}
    `.execute(db)
    for (const { guideUserId, externalUserId } of rows)
      if (guideUserId && externalUserId) collisions.push({ guideUserId, externalUserId })
  }
  for (const [table, column] of plainColumns)
    await sql`
      update ${sql.raw(table)} as old set ${sql.raw(column)} = alias.user_id from guide_alias alias
      where lower(old.${sql.raw(column)}) = former_id`.execute(db)
  for (const [table, column] of listColumns) await renameInList(db, table, column)
  await renameInRules(db)
  return collisions
}

/** A sync that met the new userid first found the relation missing under the former one, while it had only moved. */
async function voidAbsences(db: Db): Promise<void> {
  await sql`
    delete from follow_history old using guide_alias alias, follow_relation newer
    where lower(old.guide_user_id) = former_id and old.what = 'ended' and old.ended_by = 'missing'
      and newer.external_user_id = old.external_user_id and lower(newer.guide_user_id) = lower(alias.user_id)
      and newer.mirrored_at >= old.at`.execute(db)
}

async function renameInList(db: Db, table: string, column: string): Promise<void> {
  const list = sql.raw(column)
  await sql`
    update ${sql.raw(table)} as old set ${list} = array(
      select coalesce(alias.user_id, named) from unnest(old.${list}) with ordinality as each (named, place)
      left join guide_alias alias on former_id = lower(named)
      order by place
    )
    where exists (select from guide_alias, unnest(old.${list}) as named where former_id = lower(named))`.execute(db)
}

/** Welcome rules name guides inside their condition. */
async function renameInRules(db: Db): Promise<void> {
  await sql`
    update welcome_rule set match = jsonb_set(match, '{guideIds}', (
      select jsonb_agg(coalesce(alias.user_id, named)) from jsonb_array_elements_text(match->'guideIds') as named
      left join guide_alias alias on former_id = lower(named)
    ))
    where exists (
      select from guide_alias, jsonb_array_elements_text(match->'guideIds') as named where former_id = lower(named)
    )`.execute(db)
}

/** What is known of how each of these relations began. */
export async function listBeginnings(db: Db, pairs: readonly Collision[]) {
  const { rows } = await sql<Collision & { at: Date }>`
    select history.guide_user_id, history.external_user_id, max(at) as at
    from json_to_recordset(${JSON.stringify(pairs)}::json) as pair ("guideUserId" text, "externalUserId" text)
    join follow_history history
      on history.external_user_id = "externalUserId" and lower(history.guide_user_id) = lower("guideUserId")
    where what = 'started'
    group by history.guide_user_id, history.external_user_id`.execute(db)
  return rows
}
