import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { StoreTable } from './stores.table.ts'

export type StoreRow = Omit<StoreTable, 'updatedAt'>

/** Gives the ids of the stores that are new or now different. */
export async function upsertStores(db: Db, stores: readonly StoreRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ storeId: string }>`
    insert into store as s (
      store_id, name, kind, ownership, brand, address, latitude, longitude, department_id, updated_at
    )
    select "storeId", name, kind, ownership, brand, address, latitude, longitude, "departmentId", ${now}
    from json_to_recordset(${JSON.stringify(stores)}::json) as given (
      "storeId" text, name text, kind text, ownership text, brand text, address text,
      latitude double precision, longitude double precision, "departmentId" text
    )
    order by "storeId"
    on conflict (store_id) do update set
      name = excluded.name, kind = excluded.kind, ownership = excluded.ownership, brand = excluded.brand,
      address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
      department_id = excluded.department_id, updated_at = excluded.updated_at
    where (s.name, s.kind, s.ownership, s.brand, s.address, s.latitude, s.longitude, s.department_id)
      is distinct from
      (excluded.name, excluded.kind, excluded.ownership, excluded.brand, excluded.address, excluded.latitude,
       excluded.longitude, excluded.department_id)
    returning store_id`.execute(db)
  return rows.map(({ storeId }) => storeId)
}

/** Those of the ids that are stores. */
export async function listKnownStoreIds(db: Db, storeIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('store')
    .select('storeId')
    .where('storeId', '=', sql<string>`any(${[...storeIds]}::text[])`)
    .execute()
  return new Set(rows.map(({ storeId }) => storeId))
}
