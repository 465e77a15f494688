import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Person } from './find-person.repository.ts'
import { personalTables } from './personal-tables.ts'

export async function readRows(db: Db, table: string, which: RawBuilder<unknown>): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`select t.* from ${sql.table(table)} t where ${which}`.execute(db)
  return rows
}

/** Whether anything is held of a person, beyond notes of what was done about them. */
export async function isHeld(db: Db, person: Person): Promise<boolean> {
  const traces = personalTables
    .filter(({ erase }) => erase !== 'keep')
    .map(
      ({ table, of, bare = sql`false` }) =>
        sql`exists (select from ${sql.table(table)} t where ${of(person)} and not (${bare}))`,
    )
  const { rows } = await sql<{ held: boolean }>`select ${sql.join(traces, sql` or `)} as held`.execute(db)
  return rows[0]?.held === true
}
