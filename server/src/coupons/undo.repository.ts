import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

export function lockCoupon(tx: Db, code: string) {
  return tx.selectFrom('coupon').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()
}

/** The caller holds the coupon's lock. */
export async function setUndone(
  tx: Db,
  code: string,
  { at, guideUserId, source, reason }: { at: Date; guideUserId: string; source: string; reason: string },
): Promise<void> {
  await sql`
    insert into coupon_event (code, what, at, guide_user_id, store_id, order_id, source, reason)
    select code, 'undone', ${at}, ${guideUserId}, redeemed_store_id, redeemed_order_id, ${source}, ${reason}
    from coupon where code = ${code}`.execute(tx)
  await tx
    .updateTable('coupon')
    .set({
      redeemedAt: null,
      redeemedStoreId: null,
      redeemedBy: null,
      redeemedOrderId: null,
      redeemedAmount: null,
      redeemedKind: null,
      redeemedValue: null,
      redeemedShare: null,
    })
    .where('code', '=', code)
    .execute()
}
