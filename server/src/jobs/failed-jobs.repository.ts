import type { Db } from '../db/connection.ts'

export async function countOpenFailures(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('failedJob')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('replayedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}
