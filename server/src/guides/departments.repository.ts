import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { DepartmentDetail } from '../wecom/shapes.ts'

export interface DepartmentDrift {
  newDepartments: number
  changedDepartments: number
  removedDepartments: number
}

/** Keeps departments as WeCom told them when asked at `heardAt`. To be called under `lockDirectory`. */
export async function saveDepartments(
  db: Db,
  departments: readonly DepartmentDetail[],
  heardAt: Date,
): Promise<Omit<DepartmentDrift, 'removedDepartments'>> {
  const { rows } = await sql<{ isNew: boolean }>`
    with told as (
      select id as department_id, parentid as parent_id, coalesce(nullif(given.name, ''), held.name) as name,
        "order" as display_order, held.department_id is null as is_new,
        (held.parent_id, held.name, held.display_order)
          is distinct from (parentid, coalesce(nullif(given.name, ''), held.name), "order") as differs
      from json_to_recordset(${JSON.stringify(departments)}::json) as given (
        id text, name text, parentid text, "order" bigint
      )
      left join department held on held.department_id = id
      where held.mirrored_at is null or held.mirrored_at <= ${heardAt}
    ), kept as (
      insert into department (department_id, parent_id, name, display_order, mirrored_at)
      select department_id, parent_id, name, display_order, ${heardAt} from told
      on conflict (department_id) do update set
        parent_id = excluded.parent_id, name = excluded.name, display_order = excluded.display_order,
        mirrored_at = excluded.mirrored_at
    )
    select is_new from told where differs`.execute(db)
  const newDepartments = rows.filter(({ isNew }) => isNew).length
  return { newDepartments, changedDepartments: rows.length - newDepartments }
}

/** `departments` are all there are. Nothing hangs on a department that is gone: its store stays declared. */
export async function dropOtherDepartments(
  db: Db,
  departments: readonly DepartmentDetail[],
  heardAt: Date,
): Promise<number> {
  const dropped = await db
    .deleteFrom('department')
    .where('departmentId', '<>', sql<string>`all(${departments.map(({ id }) => String(id))}::text[])`)
    .where('mirroredAt', '<=', heardAt)
    .returning('departmentId')
    .execute()
  return dropped.length
}

export async function dropDepartment(db: Db, departmentId: string): Promise<void> {
  await db.deleteFrom('department').where('departmentId', '=', departmentId).execute()
}
