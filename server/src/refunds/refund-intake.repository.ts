import type { RefundRecord } from '@zhanggui/shared/refund.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

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
  const { rows } = await sql<{ refundId: string; revision: number }>`
    insert into sales_refund as r (
      refund_id, order_id, channel, refunded_at, store_id, external_user_id, member_no, union_id, phone_hash, amount,
      digest, revision, received_at
    )
    select "refundId", "orderId", channel, "refundedAt", "storeId", "externalUserId", "memberNo", "unionId",
      "phoneHash", amount, digest, 1, ${now}
    from json_to_recordset(${JSON.stringify(refunds.map(headOf))}::json) as given (
      "refundId" text, "orderId" text, channel text, "refundedAt" timestamptz, "storeId" text, "externalUserId" text,
      "memberNo" text, "unionId" text, "phoneHash" text, amount bigint, digest text
    )
    order by "refundId"
    on conflict (refund_id) do update set
      order_id = excluded.order_id, channel = excluded.channel, refunded_at = excluded.refunded_at,
      store_id = excluded.store_id, external_user_id = excluded.external_user_id, member_no = excluded.member_no,
      union_id = excluded.union_id, phone_hash = excluded.phone_hash, amount = excluded.amount,
      digest = excluded.digest, revision = r.revision + 1, received_at = excluded.received_at
    where (r.refunded_at, r.digest) is distinct from (excluded.refunded_at, excluded.digest)
    returning refund_id, revision`.execute(db)
  const revisions = new Map(rows.map(({ refundId, revision }) => [refundId, revision]))
  if (revisions.size > 0) await writeContents(db, refunds, revisions, now)
  return [...revisions.keys()]
}

/** Without what the other statements write: Postgres reads every byte it is sent. */
function headOf({ lines: _, record: __, ...head }: RefundRow) {
  return head
}

/** The caller's upsert holds the refunds' row locks. */
async function writeContents(db: Db, refunds: readonly RefundRow[], revisions: Map<string, number>, now: Date) {
  const changed = refunds.filter(({ refundId }) => revisions.has(refundId))
  const lines = changed.flatMap(({ refundId, lines }) =>
    lines.map((line, index) => ({ refundId, lineNo: index + 1, ...line })),
  )
  const versions = changed.map(({ refundId, record }) => ({ refundId, record, revision: revisions.get(refundId) }))
  const again = versions.filter(({ revision }) => revision !== 1).map(({ refundId }) => refundId)
  if (again.length > 0) await sql`delete from sales_refund_line where refund_id = any(${again}::text[])`.execute(db)
  await sql`
    insert into sales_refund_line (refund_id, line_no, product_id, name, quantity, amount, unit_price)
    select "refundId", "lineNo", "productId", name, quantity, amount, "unitPrice"
    from json_to_recordset(${JSON.stringify(lines)}::json) as line (
      "refundId" text, "lineNo" integer, "productId" text, name text, quantity integer, amount bigint,
      "unitPrice" bigint
    )`.execute(db)
  await sql`
    insert into sales_refund_revision (refund_id, revision, record, received_at)
    select "refundId", revision, record, ${now}
    from json_to_recordset(${JSON.stringify(versions)}::json) as version (
      "refundId" text, revision integer, record jsonb
    )`.execute(db)
}
