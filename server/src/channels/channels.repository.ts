import type { ChannelRecord } from '@zhanggui/shared/channel.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'
import { RunLater } from '../jobs/job.ts'
import type { ChannelTable, Told } from './channels.table.ts'

export type Channel = Selectable<ChannelTable>

/** What somebody wishes a channel to be; `state` counts only for one that is new. */
export interface ChannelRow {
  channelId: string
  name: string
  kind: ChannelRecord['kind']
  source: ChannelRecord['source']
  guideIds: string[]
  storeIds: string[]
  skipVerify: boolean
  tags: NonNullable<ChannelRecord['tags']>
  ruleId: string | null
  validFrom: string | null
  validTo: string | null
  dailyCap: number | null
  personal: boolean
  state: string
  retired: boolean
}

/**
 * Gives the ids of the channels that are new or now different. Whatever WeCom refused before may do now. A kind never
 * changes, and a retired channel stays as it was.
 */
export async function upsertChannels(db: Db, channels: readonly ChannelRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ channelId: string }>`
    insert into channel as c (
      channel_id, name, kind, source, guide_ids, store_ids, skip_verify, tags, rule_id, valid_from, valid_to, daily_cap,
      personal, state, troubles, retired_at, created_at, updated_at
    )
    select "channelId", name, kind, source, "guideIds", "storeIds", "skipVerify", tags, "ruleId", "validFrom",
      "validTo", "dailyCap", personal, state, '{}', case when retired then ${now}::timestamptz end, ${now}, ${now}
    from json_to_recordset(${JSON.stringify(channels)}::json) as given (
      "channelId" text, name text, kind text, source text, "guideIds" text[], "storeIds" text[], "skipVerify" boolean,
      tags jsonb, "ruleId" text, "validFrom" timestamptz, "validTo" timestamptz, "dailyCap" integer, personal boolean,
      state text, retired boolean
    )
    order by "channelId"
    on conflict (channel_id) do update set
      name = excluded.name, source = excluded.source, guide_ids = excluded.guide_ids, store_ids = excluded.store_ids,
      skip_verify = excluded.skip_verify, tags = excluded.tags, rule_id = excluded.rule_id,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, daily_cap = excluded.daily_cap,
      retired_at = excluded.retired_at, failure = null, failure_errcode = null, troubles = '{}',
      updated_at = excluded.updated_at
    where c.retired_at is null and c.kind = excluded.kind
      and (c.name, c.source, c.guide_ids, c.store_ids, c.skip_verify, c.tags, c.rule_id, c.valid_from, c.valid_to,
           c.daily_cap, c.retired_at is null)
      is distinct from (excluded.name, excluded.source, excluded.guide_ids, excluded.store_ids, excluded.skip_verify,
           excluded.tags, excluded.rule_id, excluded.valid_from, excluded.valid_to, excluded.daily_cap,
           excluded.retired_at is null)
    returning channel_id`.execute(db)
  return rows.map(({ channelId }) => channelId)
}

/** Locks those of the ids that exist, in the order of the ids. */
export function lockChannels(db: Db, channelIds: readonly string[]) {
  return db
    .selectFrom('channel')
    .select(['channelId', 'kind', 'retiredAt'])
    .where('channelId', '=', sql<string>`any(${[...channelIds]}::text[])`)
    .orderBy('channelId')
    .forUpdate()
    .execute()
}

export function findChannel(db: Db, channelId: string): Promise<Channel | undefined> {
  return db.selectFrom('channel').selectAll().where('channelId', '=', channelId).executeTakeFirst()
}

export function findChannelOfState(db: Db, state: string): Promise<Channel | undefined> {
  return db.selectFrom('channel').selectAll().where('state', '=', state).executeTakeFirst()
}

export function findChannelOfLink(db: Db, linkId: string): Promise<Channel | undefined> {
  return db
    .selectFrom('channel')
    .selectAll()
    .where('wecomId', '=', linkId)
    .where('kind', '=', 'link')
    .executeTakeFirst()
}

/** Those of WeCom's ids that belong to a channel. */
export async function listKnownWecomIds(db: Db, wecomIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('channel')
    .select('wecomId')
    .where('wecomId', '=', sql<string>`any(${[...wecomIds]}::text[])`)
    .execute()
  return new Set(rows.flatMap(({ wecomId }) => wecomId ?? []))
}

/**
 * Runs `work` while nobody else works on this channel at WeCom: two at once would create it twice. The lock is the
 * transaction's, so that a process that is killed leaves none behind; `work` itself commits as it goes.
 */
export async function aloneWith(db: Kysely<Database>, channelId: string, work: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`channel ${channelId}`}, 0)) as mine`.execute(tx)
    if (!rows[0]?.mine) throw new RunLater('another worker is at this channel', 500, 100)
    await work()
  })
}

type Change = Partial<
  Pick<
    Channel,
    | 'wecomId'
    | 'url'
    | 'picture'
    | 'intendedAt'
    | 'failure'
    | 'failureErrcode'
    | 'note'
    | 'toldAt'
    | 'removedAt'
    | 'unavailableAt'
  >
> & { told?: Told | null; troubles?: Record<string, string> }

export async function saveChannel(db: Db, channelId: string, { told, troubles, ...change }: Change): Promise<void> {
  await db
    .updateTable('channel')
    .set({
      ...change,
      ...(told !== undefined && { told: told && JSON.stringify(told) }),
      ...(troubles && { troubles: JSON.stringify(troubles) }),
    })
    .where('channelId', '=', channelId)
    .execute()
}

/** As `saveChannel`, unless the channel has been deleted at WeCom in the meantime. */
export async function settleChannel(
  db: Db,
  channelId: string,
  { told, ...change }: Omit<Change, 'troubles'>,
): Promise<void> {
  await db
    .updateTable('channel')
    .set({ ...change, ...(told !== undefined && { told: told && JSON.stringify(told) }) })
    .where('channelId', '=', channelId)
    .where('removedAt', 'is', null)
    .execute()
}

/** A new day, a new try: channels WeCom has something to be told about, or that it refused before. */
export async function listChannelsToTurn(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('channel')
    .select('channelId')
    .where('removedAt', 'is', null)
    .where((where) =>
      where.or([where('kind', '<>', 'guide'), where('wecomId', 'is', null), where('failure', 'is not', null)]),
    )
    .execute()
  return rows.map(({ channelId }) => channelId)
}

/** Guides whom WeCom refused yesterday may do today. */
export async function forgetTroubles(db: Db): Promise<void> {
  await db.updateTable('channel').set({ troubles: '{}' }).where(sql<boolean>`troubles <> '{}'`).execute()
}

/** Guides and failures WeCom named are forgotten, so that it is asked again. */
export async function clearRefusal(db: Db, channelId: string): Promise<void> {
  await saveChannel(db, channelId, { failure: null, failureErrcode: null, troubles: {} })
}

export async function setRetired(db: Db, channelId: string, now: Date): Promise<void> {
  await db
    .updateTable('channel')
    .set({ retiredAt: now, updatedAt: now })
    .where('channelId', '=', channelId)
    .where('retiredAt', 'is', null)
    .execute()
}
