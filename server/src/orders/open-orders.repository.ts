import type { OpenOrder, OpenOrderPage } from '@zhanggui/shared/order.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { exactTime, exactTimeOf, nextCursor, pageOf } from './order-page.repository.ts'

/** A page of a customer's orders as their sources told them, newest first. */
export async function listOpenOrders(
  db: Db,
  externalUserId: string,
  { before, limit }: { before?: string; limit: number },
): Promise<OpenOrderPage> {
  const { rows } = await sql<{ orderId: string; position: string; order: OpenOrder }>`
    select o.order_id, ${exactTime} as position, jsonb_strip_nulls(jsonb_build_object(
             'orderId', o.order_id, 'channel', o.channel, 'placedAt', ${exactTime}, 'storeId', o.store_id,
             'memberNo', o.member_no, 'salesGuideId', o.sales_guide_id, 'serviceGuideId', o.service_guide_id,
             'shareToken', o.share_token, 'coupons', to_jsonb(o.coupon_codes), 'paidAmount', o.paid_amount,
             'lines', line.lines, 'refunds', back.refunds
           )) as order
    from ${pageOf(externalUserId, before, limit)} o
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
               'productId', l.product_id, 'name', coalesce(l.name, product.name), 'quantity', l.quantity,
               'amount', l.amount, 'unitPrice', l.unit_price
             ) order by l.line_no) as lines
      from sales_order_line l left join product using (product_id)
      where l.order_id = o.order_id
    ) line
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
               'refundId', r.refund_id, 'refundedAt', ${exactTimeOf(sql`r.refunded_at`)}, 'amount', r.amount
             ) order by r.refunded_at, r.refund_id) as refunds
      from sales_refund r where r.order_id = o.order_id
    ) back
    order by o.placed_at desc, o.order_id desc`.execute(db)
  return { orders: rows.slice(0, limit).map(({ order }) => order), ...nextCursor(rows, limit) }
}
