import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { copyRows } from '../db/copy-rows.ts'

export interface Contents {
  /** The order's or refund's. */
  id: string
  lines: readonly { productId: string; name?: string; quantity: number; amount: number; unitPrice?: number }[]
  /** As sent, but for the customer's phone. */
  record: object
}

const tables = {
  order: { line: 'sales_order_line', revision: 'sales_order_revision', id: 'order_id' },
  refund: { line: 'sales_refund_line', revision: 'sales_refund_revision', id: 'refund_id' },
}

/** Replaces the lines of what has a new revision and keeps the revision. The caller's upsert holds the row locks. */
export async function writeContents(
  db: Db,
  of: keyof typeof tables,
  all: readonly Contents[],
  revisions: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const { line, revision, id: idColumn } = tables[of]
  const changed = all.filter(({ id }) => revisions.has(id))
  const again = changed.map(({ id }) => id).filter((id) => revisions.get(id) !== 1)
  if (again.length > 0)
    await sql`delete from ${sql.table(line)} where ${sql.ref(idColumn)} = any(${again}::text[])`.execute(db)
  await copyRows(
    db,
    line,
    [idColumn, 'line_no', 'product_id', 'name', 'quantity', 'amount', 'unit_price'],
    changed.flatMap(({ id, lines }) =>
      lines.map((one, index) => [
        id,
        index + 1,
        one.productId,
        one.name ?? null,
        one.quantity,
        one.amount,
        one.unitPrice ?? null,
      ]),
    ),
  )
  const at = now.toISOString()
  await copyRows(
    db,
    revision,
    [idColumn, 'revision', 'record', 'received_at'],
    changed.map(({ id, record }) => [id, revisions.get(id) ?? null, JSON.stringify(record), at]),
  )
}
