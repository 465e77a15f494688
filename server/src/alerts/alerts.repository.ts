import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { AlertKind } from './alert-kinds.ts'

/** Whoever holds them is alone with alerts of these kinds until the transaction ends. Always in one order, so that nobody waits in a circle. */
export async function lockKinds(db: Db, kinds: readonly AlertKind[]): Promise<void> {
  for (const kind of [...kinds].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`alert ${kind}`}, 0))`.execute(db)
}

export interface Raised {
  kind: AlertKind
  subject: string
  detail: string
  at: Date
  endsAt: Date | undefined
}

/** True when it is new: not open yet, and not already closed after this very news. */
export async function openAlert(db: Db, { kind, subject, detail, at, endsAt = undefined }: Raised): Promise<boolean> {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into alert as open (kind, subject, detail, raised_at, last_raised_at, ends_at)
    select ${kind}, ${subject}, ${detail}, ${at}, ${at}, ${endsAt ?? null}::timestamptz
    where not exists (
      select from alert where kind = ${kind} and subject = ${subject} and closed_at is not null and last_raised_at >= ${at}
    )
    on conflict (kind, subject) where closed_at is null do update set
      detail = excluded.detail, last_raised_at = excluded.last_raised_at, ends_at = excluded.ends_at, times = open.times + 1
    where open.last_raised_at < excluded.last_raised_at
    returning xmax = 0 as "isNew"`.execute(db)
  return rows[0]?.isNew ?? false
}

/** Their cause has ended. What was raised after `at` has another cause and stays. */
export async function endAlerts(
  db: Db,
  { kinds, subject, at, now }: { kinds: readonly AlertKind[]; subject?: string; at: Date; now: Date },
): Promise<void> {
  await db
    .updateTable('alert')
    .set({ closedAt: now })
    .where('kind', 'in', kinds)
    .where('closedAt', 'is', null)
    .where('lastRaisedAt', '<=', at)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .execute()
}

export async function endOverdueAlerts(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('alert')
    .set({ closedAt: now })
    .where('closedAt', 'is', null)
    .where('endsAt', '<=', now)
    .execute()
}

/** False when there is none, or somebody else was first. */
export async function closeAlertByHand(
  db: Db,
  { alertId, userId, now }: { alertId: number; userId: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alert')
    .set({ closedAt: now, closedBy: userId })
    .where('alertId', '=', alertId)
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export function listOpenAlerts(db: Db, kind?: AlertKind) {
  return db
    .selectFrom('alert')
    .selectAll()
    .where('closedAt', 'is', null)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'jobs_failing'))
    .orderBy('lastRaisedAt', 'desc')
    .execute()
}

export function listClosedAlerts(db: Db, limit: number) {
  return db
    .selectFrom('alert')
    .selectAll()
    .where('closedAt', 'is not', null)
    .orderBy('closedAt', 'desc')
    .limit(limit)
    .execute()
}

/** When this kind was last told; undefined: never. */
export async function lastSentAt(db: Db, kind: AlertKind): Promise<Date | undefined> {
  const row = await db
    .selectFrom('alert')
    .select((eb) => eb.fn.max('sentAt').as('at'))
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row?.at ?? undefined
}

export async function markSent(db: Db, alertIds: readonly number[], at: Date): Promise<void> {
  await db.updateTable('alert').set({ sentAt: at }).where('alertId', 'in', alertIds).execute()
}

export function countOpenAlerts(db: Db): Promise<{ kind: AlertKind; count: number }[]> {
  return db
    .selectFrom('alert')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where('closedAt', 'is', null)
    .groupBy('kind')
    .execute()
}

export type OpenAlert = Awaited<ReturnType<typeof listOpenAlerts>>[number]
export type ClosedAlert = Awaited<ReturnType<typeof listClosedAlerts>>[number]
