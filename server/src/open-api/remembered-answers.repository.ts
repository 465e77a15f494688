import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

/** Requests with one key take turns until the transaction of the one before has ended. */
export async function lockAnswer(tx: Db, apiKey: string, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`answer ${apiKey} ${key}`}, 0))`.execute(tx)
}

export function findAnswer(db: Db, apiKey: string, key: string, since: Date) {
  return db
    .selectFrom('rememberedAnswer')
    .select(['requestDigest', 'status', 'body'])
    .where('apiKey', '=', apiKey)
    .where('key', '=', key)
    .where('answeredAt', '>', since)
    .executeTakeFirst()
}

/** In place of one that is too old to count. */
export async function keepAnswer(
  db: Db,
  answer: { apiKey: string; key: string; requestDigest: string; status: number; body: object; answeredAt: Date },
): Promise<void> {
  const values = { ...answer, body: JSON.stringify(answer.body) }
  await db
    .insertInto('rememberedAnswer')
    .values(values)
    .onConflict((conflict) => conflict.columns(['apiKey', 'key']).doUpdateSet(values))
    .execute()
}

export async function forgetAnswers(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('rememberedAnswer').where('answeredAt', '<=', before).execute()
}
