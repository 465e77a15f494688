import type { WelcomeReport } from '@zhanggui/shared/welcome.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Welcomes of friends added in the period, by outcome; `p50Ms` and `p99Ms` are of those sent. Times are instants. */
export async function reportWelcomes(db: Db, { from, to }: { from: string; to: string }): Promise<WelcomeReport> {
  const { rows } = await sql<Omit<WelcomeReport, 'p50Ms' | 'p99Ms'> & { p50Ms: number | null; p99Ms: number | null }>`
    select count(*) filter (where outcome = 'sent') as sent,
           count(*) filter (where outcome = 'expired') as expired,
           count(*) filter (where outcome = 'raced') as raced,
           count(*) filter (where outcome = 'failed') as failed,
           count(*) filter (where outcome = 'no_code') as "noCode",
           percentile_disc(0.5) within group (order by latency_ms) filter (where outcome = 'sent') as "p50Ms",
           percentile_disc(0.99) within group (order by latency_ms) filter (where outcome = 'sent') as "p99Ms"
    from welcome
    where event_at >= ${from}::timestamptz and event_at < ${to}::timestamptz`.execute(db)
  const { p50Ms = null, p99Ms = null, ...counts } = rows[0] ?? {}
  return {
    sent: 0,
    expired: 0,
    raced: 0,
    failed: 0,
    noCode: 0,
    ...counts,
    ...(p50Ms !== null && { p50Ms }),
    ...(p99Ms !== null && { p99Ms }),
  }
}
