import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** No department lies deeper (doc 90204 allows 15); a circle, met between two answers of WeCom, ends here too. */
const DEEPEST = 32

/** Whoever changes departments, their members or a store's department goes alone until the transaction is over. */
export async function lockDirectory(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('directory', 0))`.execute(db)
}

/**
 * Gives every guide the store of the nearest department that is one: their own, else the one above it, and so on. Of
 * several departments the nearest store counts, then the main department's. Gives how many guides changed places.
 * To be called under `lockDirectory`, in a statement of its own, so that it sees what the last holder committed.
 */
export async function placeGuides(db: Db, now: Date): Promise<number> {
  const { rows } = await sql`
    with recursive above as (
      select department_id as origin, department_id, 0 as steps
      from (select department_id from department union select unnest(department_ids) from guide) as every
      union all
      select above.origin, department.parent_id, steps + 1
      from above join department using (department_id)
      where department.parent_id is not null and steps < ${DEEPEST}
        and not exists (select from store where store.department_id = above.department_id)
    ), nearest as (
      select distinct on (origin) origin, store_id, steps from above join store using (department_id)
      order by origin, steps
    ), place as (
      select distinct on (guide.user_id) guide.user_id, nearest.store_id
      from guide left join nearest on nearest.origin = any(guide.department_ids)
      order by guide.user_id, nearest.steps, nearest.origin is distinct from guide.main_department_id, nearest.origin
    ), moving as (
      select guide.user_id, place.store_id
      from guide join place using (user_id)
      where guide.department_store_id is distinct from place.store_id
      order by lower(guide.user_id)
      for update of guide
    )
    update guide set department_store_id = moving.store_id, updated_at = ${now}
    from moving where guide.user_id = moving.user_id
    returning 1`.execute(db)
  return rows.length
}
