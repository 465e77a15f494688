import type { Purchase, PurchasePage } from '@zhanggui/shared/order.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { stands } from '../identity/resolve.repository.ts'
import { loneRefundsOf } from '../refunds/refunds-of.repository.ts'
import { markReturned } from './mark-returned.ts'
import { readCursor } from './order-cursor.ts'
import { exactTimeOf, nextCursor } from './order-page.repository.ts'
import { ordersOf } from './orders-of.repository.ts'

/**
 * One page of a customer's orders, with what was given back of each, and of the refunds of which no order is known,
 * newest first. `before` is the `nextCursor` of the page before it.
 */
export async function listPurchases(
  db: Db,
  externalUserId: string,
  { before, limit }: { before?: string; limit: number },
): Promise<Pick<PurchasePage, 'purchases' | 'nextCursor'>> {
  const { rows } = await sql<PurchaseRow>`
    select p.id, p.key as order_id, p.is_refund, p.channel, p.at, p.amount, ${exactTimeOf(sql`p.at`)} as position,
           store.name as store_name, sales.name as sales_guide_name, service.name as service_guide_name, line.lines,
           back.refunds, back.returned, used.coupons, d.decided_by as bound_by, binder.name as bound_by_name, d.decided_at as bound_at
    from ${pageOfPurchases(externalUserId, before, limit)} p
    left join store using (store_id)
    left join guide sales on lower(sales.user_id) = lower(p.sales_guide_id)
    left join guide service on lower(service.user_id) = lower(p.service_guide_id)
    left join identity_decision d
      on d.kind = 'order' and d.cause = 'binding' and d.value = p.id and not p.is_refund and ${stands}
    left join guide binder on lower(binder.user_id) = lower(d.decided_by)
    cross join lateral (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'productId', l.product_id, 'name', coalesce(l.name, product.name, l.product_id),
               'quantity', l.quantity, 'amount', l.amount, 'imageUrl', product.image_url
             )) order by l.line_no) as lines
      from (
        select line_no, product_id, name, quantity, amount from sales_order_line
        where order_id = p.id and not p.is_refund
        union all
        select line_no, product_id, name, quantity, amount from sales_refund_line
        where refund_id = p.id and p.is_refund
      ) l left join product using (product_id)
    ) line
    cross join lateral (
      select (
        select jsonb_agg(jsonb_build_object('refundedAt', ${exactTimeOf(sql`r.refunded_at`)}, 'amount', r.amount)
                         order by r.refunded_at desc, r.refund_id desc)
        from sales_refund r where r.order_id = p.id and not p.is_refund
      ) as refunds, (
        select jsonb_object_agg(product_id, units) from (
          select l.product_id, sum(l.quantity) as units
          from sales_refund r join sales_refund_line l using (refund_id)
          where r.order_id = p.id and not p.is_refund group by l.product_id
        ) back
      ) as returned
    ) back
    cross join lateral (
      select jsonb_agg(template.title order by coupon.redeemed_at, coupon.code) as coupons
      from coupon join coupon_template template using (coupon_id)
      where coupon.redeemed_order_id = p.id and not p.is_refund
    ) used
    order by p.at desc, p.key desc`.execute(db)
  return { purchases: rows.slice(0, limit).map(toPurchase), ...nextCursor(rows, limit) }
}

/** An order and a refund may bear one number: the key tells them apart. */
function pageOfPurchases(externalUserId: string, before: string | undefined, limit: number): RawBuilder<unknown> {
  const from = before === undefined ? undefined : readCursor(before)
  return sql`(
    select * from (
      select order_id as id, 'o' || order_id as key, false as is_refund, channel, placed_at as at, paid_amount as amount,
        store_id, sales_guide_id, service_guide_id
      from ${ordersOf(externalUserId)} mine
      union all
      select refund_id, 'r' || refund_id, true,
        coalesce(channel, case when store_id is null then 'other' else 'store' end), refunded_at, amount, store_id, null,
        null
      from ${loneRefundsOf(externalUserId)} lone
    ) purchase
    where ${from ? sql`(at, key) < (${from.placedAt}::timestamptz, ${from.orderId})` : sql`true`}
    order by at desc, key desc limit ${limit + 1}
  )`
}

interface PurchaseRow {
  id: string
  orderId: string
  isRefund: boolean
  channel: Purchase['channel']
  at: Date
  amount: number
  position: string
  storeName: string | null
  salesGuideName: string | null
  serviceGuideName: string | null
  lines: Purchase['lines']
  refunds: { refundedAt: string; amount: number }[] | null
  /** Pieces by product. */
  returned: Record<string, number> | null
  coupons: string[] | null
  boundBy: string | null
  boundByName: string | null
  boundAt: Date | null
}

function toPurchase(row: PurchaseRow): Purchase {
  const { refunds, returned, coupons, boundBy, boundByName, boundAt } = row
  return {
    orderId: row.id,
    channel: row.channel,
    placedAt: row.at.toISOString(),
    paidAmount: row.amount,
    lines: returned ? markReturned(row.lines, returned) : row.lines,
    ...(row.isRefund && { isRefund: true }),
    ...(refunds && {
      refunds: refunds.map(({ refundedAt, amount }) => ({ refundedAt: new Date(refundedAt).toISOString(), amount })),
    }),
    ...(coupons && { coupons }),
    ...(boundBy &&
      boundAt && {
        boundBy: { userId: boundBy, ...(boundByName && { name: boundByName }), at: boundAt.toISOString() },
      }),
    ...(row.storeName && { storeName: row.storeName }),
    ...(row.salesGuideName && { salesGuideName: row.salesGuideName }),
    ...(row.serviceGuideName && { serviceGuideName: row.serviceGuideName }),
  }
}
