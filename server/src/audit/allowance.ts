import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { AppError } from '../errors.ts'
import { countAudited } from './audit.repository.ts'

/**
 * Refuses what one actor has done too often of late, whichever server they asked. Must be called in the transaction
 * that records the next one: until it ends the actor's other requests wait.
 */
export async function requireAllowance(
  tx: Db,
  { actor, action, at }: { actor: string; action: string; at: Date },
  { most, withinMs }: { most: number; withinMs: number },
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`allowance ${actor} ${action}`}, 0))`.execute(tx)
  const done = await countAudited(tx, actor, action, new Date(at.getTime() - withinMs))
  if (done >= most) throw new AppError('too_many_requests', { detail: `at most ${most} in ${withinMs / 3_600_000} h` })
}
