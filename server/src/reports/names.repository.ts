import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Dimension } from './dimensions.ts'

const named: Partial<Record<Dimension, { table: string; id: string }>> = {
  store: { table: 'store', id: 'store_id' },
  guide: { table: 'guide', id: 'user_id' },
  product: { table: 'product', id: 'product_id' },
}

/** What the keys of a report are called, and how a guide's userid is spelled. By key. */
export async function findNames(
  db: Db,
  dimension: Dimension,
  keys: readonly string[],
): Promise<Map<string, { id: string; name: string | null }>> {
  const kind = named[dimension]
  if (!kind) return new Map()
  const id = sql.ref(kind.id)
  const key = dimension === 'guide' ? sql`lower(${id})` : id
  const { rows } = await sql<{ key: string; id: string; name: string | null }>`
    select ${key} as key, ${id} as id, name from ${sql.table(kind.table)}
    where ${key} = any(${keys}::text[])`.execute(db)
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}
