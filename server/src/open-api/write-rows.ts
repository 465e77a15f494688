import { setTimeout } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely } from 'kysely'
import pg from 'pg'
import type { TSchema } from 'typebox'
import type { Db } from '../db/connection.ts'
import type { Database } from '../db/schema.ts'
import type { Fault, RecordKind } from './record-kind.ts'

interface Outcome {
  changed: Set<string>
  rejected: Map<string, Fault>
}

/**
 * Writes rows of different keys, in their order. Whatever the database cannot take is found by halving, so that a row
 * the checks let through spoils nobody's but its own.
 */
export async function writeRows<Schema extends TSchema, Row extends { key: string }>(
  kind: RecordKind<Schema, Row>,
  rows: readonly Row[],
  world: { db: Kysely<Database>; log: FastifyBaseLogger; dryRun?: boolean },
): Promise<Outcome> {
  const { db, log, dryRun = false } = world
  try {
    const { changed, rejected } = await inTransaction(db, dryRun, (trx) => kind.write(trx, rows))
    return { changed: new Set(changed), rejected: new Map(rejected) }
  } catch (error) {
    if (!isAboutTheData(error)) throw error
    const [only] = rows
    if (only && rows.length === 1)
      return { changed: new Set(), rejected: new Map([[only.key, faultOf(kind, error, log)]]) }
    const middle = Math.ceil(rows.length / 2)
    const first = await writeRows(kind, rows.slice(0, middle), world)
    const second = await writeRows(kind, rows.slice(middle), world)
    return {
      changed: new Set([...first.changed, ...second.changed]),
      rejected: new Map([...first.rejected, ...second.rejected]),
    }
  }
}

function faultOf<Schema extends TSchema, Row extends { key: string }>(
  { name, constraints }: RecordKind<Schema, Row>,
  { code: sqlstate, constraint }: pg.DatabaseError,
  log: FastifyBaseLogger,
): Fault {
  const known = constraint === undefined ? undefined : constraints?.[constraint]
  if (known) return known
  // The error itself would bring the row's values into the log.
  log.warn({ records: name, sqlstate, constraint }, 'the database refused a record that had passed every check')
  return { code: 'not_storable', detail: `the database cannot store the record (${sqlstate})` }
}

/** Out of range, not representable, against a constraint, too large: another try would fail the same way. */
function isAboutTheData(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && ['22', '23', '54'].includes(error.code?.slice(0, 2) ?? '')
}

const TRIES = 4

/** A transaction that lost against another one, which Postgres undid whole, is done again. */
async function inTransaction<T>(db: Kysely<Database>, undo: boolean, work: (trx: Db) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await (undo ? rehearse(db, work) : db.transaction().execute(work))
    } catch (error) {
      const lost = error instanceof pg.DatabaseError && (error.code === DEADLOCK || error.code === SERIALIZATION)
      if (!lost || tried === TRIES) throw error
      await setTimeout(Math.random() * 20 * tried)
    }
  }
}

/** Does the work in a transaction that is rolled back. */
async function rehearse<T>(db: Kysely<Database>, work: (trx: Db) => Promise<T>): Promise<T> {
  let done: { result: T } | undefined
  const undone = new Error('undone')
  try {
    await db.transaction().execute(async (trx) => {
      done = { result: await work(trx) }
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  if (!done) throw undone
  return done.result
}

const DEADLOCK = '40P01'
const SERIALIZATION = '40001'
