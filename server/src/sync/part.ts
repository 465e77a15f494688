import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { PartName } from './part-names.ts'
import type { UnitPlan } from './plan-units.ts'
import type { Tally } from './tally.ts'

/** What one part needs to know of a unit. */
export interface Unit {
  readonly syncUnitId: number
  readonly subjects: readonly string[]
  /** Whoever WeCom has told of since then was there. */
  readonly beganAt: Date
  /** Where the next page begins; null at the beginning. */
  readonly cursor: string | null
  readonly resumed: boolean
}

export interface Step {
  /** Where the next page begins; null: that was the last. */
  cursor: string | null
}

/** A unit that is being worked. Its WeCom is paced and counted, its database has few connections. */
export interface UnitWork {
  readonly unit: Unit
  readonly expectedRows: number
  readonly deps: Deps
  /** Commits what `write` does together with how far the unit has come. Throws when the run is to stop. */
  keep(step: Step, write: (tx: Kysely<Database>) => Promise<Partial<Tally>>): Promise<void>
  /** Reads the unit from its beginning. */
  restart(): Promise<void>
  /** Reads others instead; this one covers nobody any more. */
  replaceBy(plans: readonly UnitPlan[], tally?: Partial<Tally>): Promise<void>
}

/** A part of the corp: read in units, each by itself; what a complete reading did not find is settled at the end. */
export interface SyncPart {
  name: PartName
  plan(deps: Deps): Promise<UnitPlan[]>
  /** Until the unit's last page is kept, or the unit is replaced. */
  work(work: UnitWork): Promise<void>
  /** All units of this part were read to their end, but for so many subjects that are out of reach. */
  finish?(deps: Deps, units: readonly Unit[], problems: number): Promise<Partial<Tally>>
}
