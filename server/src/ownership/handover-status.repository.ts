import type { Db } from '../db/connection.ts'

export async function countStates(db: Db, handoverId: string) {
  const rows = await db
    .selectFrom('handoverCustomer')
    .select((eb) => ['state', eb.fn.countAll<number>().as('customers')])
    .where('handoverId', '=', handoverId)
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, customers }) => [state, customers]))
}

export function listCustomerStates(db: Db, handoverId: string, { after, limit }: { after?: string; limit: number }) {
  return db
    .selectFrom('handoverCustomer')
    .select(['externalUserId', 'state', 'reason', 'errcode', 'endedAt'])
    .where('handoverId', '=', handoverId)
    .$if(after !== undefined, (query) => query.where('externalUserId', '>', after ?? ''))
    .orderBy('externalUserId')
    .limit(limit)
    .execute()
}

export function listGroupStates(db: Db, handoverId: string) {
  return db
    .selectFrom('handoverGroup')
    .select(['chatId', 'state', 'reason', 'errcode', 'endedAt'])
    .where('handoverId', '=', handoverId)
    .orderBy('chatId')
    .execute()
}
