import type { RefundRecord } from '@zhanggui/shared/refund.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { writeContents } from '../orders/write-contents.repository.ts'

export interface RefundRow {
  refundId: string
  orderId: string | null
  channel: RefundRecord['channel'] | null
  /** RFC 3339 */
  refundedAt: string
  storeId: string | null
  externalUserId: string | null
  memberNo: string | null
  unionId: string | null
  phoneHash: string | null
  amount: number
  lines: RefundRecord['lines']
  /** Of everything above but the time, which the database compares. */
  digest: string
  /** As sent, but for the customer's phone. */
  record: RefundRecord
}

/** Writes refunds with their lines and a revision each; gives the ids of those that are new or now different. */
export async function upsertRefunds(db: Db, refunds: readonly RefundRow[], now: Date): Promise<string[]> {
  const column = <Name extends keyof RefundRow>(name: Name) => refunds.map((refund) => refund[name])
  const { rows } = await sql<{ refundId: string; revision: number }>`
    insert into sales_refund as r (
      refund_id, order_id, channel, refunded_at, store_id, external_user_id, member_no, union_id, phone_hash, amount,
      digest, revision, received_at
    )
    select refund_id, order_id, channel, refunded_at, store_id, external_user_id, member_no, union_id, phone_hash,
      amount, digest, 1, ${now}
    from unnest(
      ${column('refundId')}::text[], ${column('orderId')}::text[], ${column('channel')}::text[],
      ${column('refundedAt')}::timestamptz[], ${column('storeId')}::text[], ${column('externalUserId')}::text[],
      ${column('memberNo')}::text[], ${column('unionId')}::text[], ${column('phoneHash')}::text[],
      ${column('amount')}::bigint[], ${column('digest')}::text[]
    ) as given (
      refund_id, order_id, channel, refunded_at, store_id, external_user_id, member_no, union_id, phone_hash, amount,
      digest
    )
    order by refund_id
    on conflict (refund_id) do update set
      order_id = excluded.order_id, channel = excluded.channel, refunded_at = excluded.refunded_at,
      store_id = excluded.store_id, external_user_id = excluded.external_user_id, member_no = excluded.member_no,
      union_id = excluded.union_id, phone_hash = excluded.phone_hash, amount = excluded.amount,
      digest = excluded.digest, revision = r.revision + 1, received_at = excluded.received_at
    where (r.refunded_at, r.digest) is distinct from (excluded.refunded_at, excluded.digest)
    returning refund_id, revision`.execute(db)
  const revisions = new Map(rows.map(({ refundId, revision }) => [refundId, revision]))
  if (revisions.size > 0) {
    const contents = refunds.map(({ refundId, lines, record }) => ({ id: refundId, lines, record }))
    await writeContents(db, 'refund', contents, revisions, now)
  }
  return [...revisions.keys()]
}
