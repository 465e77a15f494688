import type pg from 'pg'

/** Plain SQL on a plain pool: the tables asked about may not be there, or be those of another release. */
export async function serverVersion(pool: pg.Pool): Promise<{ name: string; major: number }> {
  const { rows } = await pool.query<{ name: string; number: number }>(
    `select current_setting('server_version') as name, current_setting('server_version_num')::int as number`,
  )
  return { name: rows[0]?.name ?? '', major: Math.floor((rows[0]?.number ?? 0) / 10_000) }
}

export async function appliedMigrations(pool: pg.Pool): Promise<string[]> {
  if (!(await tableExists(pool, 'schema_migration'))) return []
  const { rows } = await pool.query<{ name: string }>('select name from schema_migration order by name')
  return rows.map(({ name }) => name)
}

async function tableExists(pool: pg.Pool, name: string): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [name])
  return rows[0]?.there ?? false
}

/** Jobs that are due and that nobody has begun. */
export async function waitingJobs(pool: pg.Pool): Promise<{ count: number; oldestSeconds: number }> {
  const { rows } = await pool.query<{ count: number; seconds: number }>(
    `select count(*)::int as count, coalesce(extract(epoch from now() - min(run_at)), 0)::float8 as seconds
     from graphile_worker._private_jobs where run_at <= now() and locked_at is null`,
  )
  return { count: rows[0]?.count ?? 0, oldestSeconds: rows[0]?.seconds ?? 0 }
}

export async function openFailures(pool: pg.Pool): Promise<{ count: number; lastDay: number; commonest: string[] }> {
  const { rows } = await pool.query<{ task: string; count: number; recent: number }>(
    `select task, count(*)::int as count, (count(*) filter (where failed_at > now() - interval '1 day'))::int as recent
     from failed_job where replayed_at is null and outcome <> 'dropped' group by task order by count(*) desc`,
  )
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    lastDay: rows.reduce((sum, { recent }) => sum + recent, 0),
    commonest: rows.slice(0, 3).map(({ task, count }) => `${task} ${count}`),
  }
}

/** When each part of the corp was last read to its end. */
export async function lastReads(pool: pg.Pool): Promise<Map<string, Date>> {
  const { rows } = await pool.query<{ part: string; at: Date }>(
    `select part, max(finished_at) as at from sync_run, unnest(parts) as part where state = 'complete' group by part`,
  )
  return new Map(rows.map(({ part, at }) => [part, at]))
}
