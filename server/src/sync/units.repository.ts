import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { Unit } from './part.ts'
import type { PartName } from './part-names.ts'
import type { UnitPlan } from './plan-units.ts'
import { addTallies, type Tally } from './tally.ts'

/** A unit that has not been read to its end. */
export interface OpenUnit {
  syncUnitId: number
  part: PartName
  subjects: string[]
  expectedRows: number
  beganAt: Date | null
  cursor: string | null
  resumed: boolean
  tally: Tally
}

const OPEN_COLUMNS = [
  'syncUnitId',
  'part',
  'subjects',
  'expectedRows',
  'beganAt',
  'cursor',
  'resumed',
  'tally',
] as const

export async function addUnits(
  db: Db,
  syncRunId: number,
  part: PartName,
  plans: readonly UnitPlan[],
): Promise<OpenUnit[]> {
  if (plans.length === 0) return []
  const rows = await db
    .insertInto('syncUnit')
    .values(plans.map(({ subjects, expectedRows }) => ({ syncRunId, part, subjects, expectedRows })))
    .returning(OPEN_COLUMNS)
    .execute()
  return rows.map((row) => ({ ...row, tally: addTallies(row.tally) }))
}

/** The longest first, so that none is left alone at the end. */
export async function listOpenUnits(db: Db, syncRunId: number, part: PartName): Promise<OpenUnit[]> {
  const rows = await db
    .selectFrom('syncUnit')
    .select(OPEN_COLUMNS)
    .where('syncRunId', '=', syncRunId)
    .where('part', '=', part)
    .where('finishedAt', 'is', null)
    .orderBy('expectedRows', 'desc')
    .orderBy('syncUnitId')
    .execute()
  return rows.map((row) => ({ ...row, tally: addTallies(row.tally) }))
}

export async function beginUnit(db: Db, syncUnitId: number, at: Date): Promise<void> {
  await db
    .updateTable('syncUnit')
    .set({ beganAt: at, cursor: null, resumed: false, failure: null })
    .where('syncUnitId', '=', syncUnitId)
    .execute()
}

export async function resumeUnit(db: Db, syncUnitId: number): Promise<void> {
  await db.updateTable('syncUnit').set({ resumed: true, failure: null }).where('syncUnitId', '=', syncUnitId).execute()
}

export async function keepUnit(
  db: Db,
  syncUnitId: number,
  { cursor, finishedAt, tally }: { cursor: string | null; finishedAt: Date | null; tally: Tally },
): Promise<void> {
  await db
    .updateTable('syncUnit')
    .set({ cursor, finishedAt, tally: JSON.stringify(tally) })
    .where('syncUnitId', '=', syncUnitId)
    .execute()
}

export async function failUnit(db: Db, syncUnitId: number, failure: string, tally: Tally): Promise<void> {
  await db
    .updateTable('syncUnit')
    .set({ failure, tally: JSON.stringify(tally) })
    .where('syncUnitId', '=', syncUnitId)
    .execute()
}

/** The unit covers nobody any more; its tally stays in the sum. */
export async function retireUnit(db: Db, syncUnitId: number, at: Date, tally: Tally): Promise<void> {
  await db
    .updateTable('syncUnit')
    .set({ subjects: [], cursor: null, finishedAt: at, tally: JSON.stringify(tally) })
    .where('syncUnitId', '=', syncUnitId)
    .execute()
}

export async function listFinishedUnits(db: Db, syncRunId: number, part: PartName): Promise<Unit[]> {
  const rows = await db
    .selectFrom('syncUnit')
    .select(['syncUnitId', 'subjects', 'beganAt', 'cursor', 'resumed'])
    .where('syncRunId', '=', syncRunId)
    .where('part', '=', part)
    .where('finishedAt', 'is not', null)
    .where('subjects', '!=', sql<string[]>`'{}'`)
    .orderBy('syncUnitId')
    .execute()
  return rows.flatMap(({ beganAt, ...unit }) => (beganAt ? [{ ...unit, beganAt }] : []))
}

export interface PartStanding {
  part: PartName
  open: number
  failures: string[]
  tally: Tally
}

/** What the units of a run have done so far, by part. */
export async function sumUnits(db: Db, syncRunId: number): Promise<PartStanding[]> {
  const rows = await db
    .selectFrom('syncUnit')
    .select(['part', 'finishedAt', 'failure', 'tally'])
    .where('syncRunId', '=', syncRunId)
    .orderBy('syncUnitId')
    .execute()
  const parts = new Map<PartName, PartStanding>()
  for (const { part, finishedAt, failure, tally } of rows) {
    const sum = parts.get(part) ?? { part, open: 0, failures: [], tally: addTallies() }
    sum.tally = addTallies(sum.tally, tally)
    if (!finishedAt) sum.open += 1
    if (!finishedAt && failure !== null) sum.failures.push(failure)
    parts.set(part, sum)
  }
  return [...parts.values()]
}
