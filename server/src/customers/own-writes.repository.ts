import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/schema.ts'
import type { SealedPhones } from './noted-phones.ts'
import { lockCustomer } from './turns.repository.ts'

/**
 * What we did ourselves through WeCom's API causes no callback (doc 92130), so it is written down here when WeCom has
 * said yes. `at` is that moment: an answer of WeCom to a question asked before it is older than what stands here.
 */
interface OwnWrite {
  guideUserId: string
  externalUserId: string
  at: Date
}

export async function keepMarkedTags(
  tx: Transaction<Database>,
  { guideUserId, externalUserId, at }: OwnWrite,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  await lockCustomer(tx, externalUserId)
  await sql`
    with relation as (
      update follow_relation set mirrored_at = greatest(mirrored_at, ${at}::timestamptz)
      where external_user_id = ${externalUserId} and guide_user_id = ${guideUserId}
      returning guide_user_id, external_user_id
    ), added as (
      insert into follow_relation_tag (guide_user_id, external_user_id, tag_id)
      select guide_user_id, external_user_id, tag_id from relation, unnest(${[...add]}::text[]) as tag_id
      on conflict do nothing
    )
    delete from follow_relation_tag held using relation
    where held.external_user_id = relation.external_user_id and held.guide_user_id = relation.guide_user_id
      and held.tag_id = any(${[...remove]}::text[])`.execute(tx)
}

export interface KeptRemark {
  remark: string | null
  description: string | null
  company: string | null
  phones: SealedPhones
}

export function keepRemark(
  db: Kysely<Database>,
  { guideUserId, externalUserId, at }: OwnWrite,
  { remark, description, company, phones }: KeptRemark,
): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await lockCustomer(tx, externalUserId)
    await tx
      .updateTable('followRelation')
      .set({
        remark,
        description,
        company,
        phoneHashes: phones.hashes,
        phonesSealed: phones.sealed === null ? null : Buffer.from(phones.sealed, 'base64'),
        mirroredAt: sql`greatest(mirrored_at, ${at}::timestamptz)`,
      })
      .where('externalUserId', '=', externalUserId)
      .where('guideUserId', '=', guideUserId)
      .execute()
  })
}
