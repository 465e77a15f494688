import type { DataCipher } from '../data-cipher.ts'
import type { Db } from '../db/connection.ts'

/** What guides who are friends now have noted, each once. */
export async function listNotedPhones(db: Db, externalUserId: string, cipher: DataCipher): Promise<string[]> {
  const rows = await db
    .selectFrom('followRelation')
    .select('phonesSealed')
    .where('externalUserId', '=', externalUserId)
    .where('endedAt', 'is', null)
    .where('phonesSealed', 'is not', null)
    .orderBy('startedAt')
    .execute()
  return [...new Set(rows.flatMap(({ phonesSealed }) => (phonesSealed ? readList(cipher.open(phonesSealed)) : [])))]
}

function readList(json: string): string[] {
  const list: unknown = JSON.parse(json)
  return Array.isArray(list) ? list.map(String) : []
}
