import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url))
/** Any constant will do; all servers must agree on it. */
const LOCK = 0x7a67_6d69

/**
 * Adding a job looks for the same key among those that have begun. While the queue is short the planner reads all of
 * it, and keeps that plan when the queue is long: each callback would cost as much as there is waiting. The index on
 * the key is right at any length. Repeated at every start, since graphile-worker may replace its function.
 */
const KEEP_ADDING_JOBS_CHEAP =
  'alter function graphile_worker.add_jobs(graphile_worker.job_spec[], boolean) set enable_seqscan to off'

/** The database was migrated by a newer release than this one. */
export class NewerSchemaError extends Error {
  constructor(found: string) {
    super(`the database is at migration ${found}, which this release does not know: start the newer release`)
    this.name = 'NewerSchemaError'
  }
}

/**
 * Brings the database to this release's schema. Safe to call from several servers at once: they take turns.
 * Each file is one transaction; throws NewerSchemaError and changes nothing if the database is ahead.
 */
export async function migrate(url: string, folder: string = FOLDER): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'zhanggui-migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await applyFiles(client, folder)
    await runMigrations({ connectionString: url })
    await client.query(KEEP_ADDING_JOBS_CHEAP)
  } finally {
    await client.end()
  }
}

/** This release's migrations, in their order. */
export async function migrationFiles(folder: string = FOLDER): Promise<string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
}

async function applyFiles(client: pg.Client, folder: string): Promise<void> {
  await client.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
  )
  const files = await migrationFiles(folder)
  const applied = await client.query<{ name: string }>('select name from schema_migration order by name')
  const names = new Set(applied.rows.map((row) => row.name))
  const unknown = applied.rows.find((row) => !files.includes(row.name))
  if (unknown) throw new NewerSchemaError(unknown.name)

  for (const file of files.filter((name) => !names.has(name))) {
    const sql = await readFile(`${folder}/${file}`, 'utf8')
    try {
      await client.query('begin')
      await client.query(sql)
      await client.query('insert into schema_migration (name) values ($1)', [file])
      await client.query('commit')
    } catch (cause) {
      await client.query('rollback')
      throw new Error(`migration ${file} failed`, { cause })
    }
  }
}
