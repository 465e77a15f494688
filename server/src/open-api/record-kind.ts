import type { Static, TSchema } from 'typebox'
import type { Db } from '../db/connection.ts'

/** Why one record is refused. `code` is stable snake_case; `detail` names fields and rules, never what they hold. */
export interface Fault {
  code: string
  detail: string
}

/** Thrown by `prepare` for what the schema cannot say. */
export class RecordFault extends Error {
  readonly fault: Fault

  constructor(code: string, detail: string) {
    super(detail)
    this.name = 'RecordFault'
    this.fault = { code, detail }
  }
}

export interface Written {
  /** Keys of the rows that are new or now different. */
  changed: Iterable<string>
  rejected?: ReadonlyMap<string, Fault>
}

export type Keyed<Row> = Row & { key: string }

/** What makes `PUT /open/v1/<name>` of an array of records a set of rows in the database. */
export interface RecordKind<Schema extends TSchema, Row extends { key: string }> {
  /** As in the path. */
  name: string
  schema: Schema
  idField: string & keyof Static<Schema>
  /** Everything that can be decided without the database. Rows with equal keys are the same row. */
  prepare(record: Static<Schema>): Row
  /**
   * Writes in one transaction, at a few statements however many rows. Must take its row locks in the order of the
   * keys, so that two batches at once never wait for each other in a circle.
   */
  write(db: Db, rows: readonly Row[]): Promise<Written>
  /** What the violation of a constraint means to the sender, when another request came first. */
  constraints?: Readonly<Record<string, Fault>>
}
