import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ConflictKey } from './conflicts.repository.ts'

/** Whoever decides about the same takes turns until their transaction ends. */
export async function lockIdentity(db: Db, { kind, value }: ConflictKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity ${kind} ${value}`}, 0))`.execute(db)
}

export interface NewDecision extends ConflictKey {
  externalUserId: string
  cause: 'decision' | 'binding'
  claimants: string[]
  reason: string | null
  decidedBy: string
  decidedAt: Date
}

/** In place of the one that stands, which stands again when this one is undone. */
export async function insertDecision(db: Db, decision: NewDecision): Promise<void> {
  const superseded = await db
    .updateTable('identityDecision')
    .set({ supersededBy: sql`identity_decision_id` })
    .where('kind', '=', decision.kind)
    .where('value', '=', decision.value)
    .where('undoneAt', 'is', null)
    .where('supersededBy', 'is', null)
    .returning('identityDecisionId')
    .executeTakeFirst()
  const { identityDecisionId } = await db
    .insertInto('identityDecision')
    .values(decision)
    .returning('identityDecisionId')
    .executeTakeFirstOrThrow()
  if (!superseded) return
  await db
    .updateTable('identityDecision')
    .set({ supersededBy: identityDecisionId })
    .where('identityDecisionId', '=', superseded.identityDecisionId)
    .execute()
}

export async function undoDecision(
  db: Db,
  identityDecisionId: number,
  undone: { undoneAt: Date; undoneBy: string; undoReason: string },
): Promise<void> {
  await db.updateTable('identityDecision').set(undone).where('identityDecisionId', '=', identityDecisionId).execute()
  await db
    .updateTable('identityDecision')
    .set({ supersededBy: null })
    .where('supersededBy', '=', identityDecisionId)
    .where('undoneAt', 'is', null)
    .execute()
}
