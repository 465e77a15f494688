import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { OrderLine, Refund } from './bases.ts'
import type { Product, TermsOrder } from './pick-terms.ts'

/** An order as its source last told it, with everything a commission depends on but the guides. */
export interface SoldOrder extends Omit<TermsOrder, 'products' | 'credits'> {
  revision: number
  paidAmount: number
  lines: OrderLine[]
  products: Product[]
  /** Those already in the ledger first, then as they came about. */
  refunds: Refund[]
}

export async function listSoldOrders(db: Db, orderIds: readonly string[]): Promise<SoldOrder[]> {
  const { rows } = await sql<
    Omit<SoldOrder, 'refunds'> & { refunds: (Omit<Refund, 'refundedAt'> & { refundedAt: string })[] }
  >`
    select o.order_id, o.revision, o.placed_at, o.channel, o.store_id, o.paid_amount, line.lines, sold.products,
      case when store.store_id is not null
        then jsonb_build_object('ownership', store.ownership, 'brand', store.brand) end as store,
      coalesce(back.refunds, '[]') as refunds
    from unnest(${orderIds}::text[]) as asked (id)
    join sales_order o on o.order_id = asked.id
    left join store using (store_id)
    cross join lateral (
      select jsonb_agg(jsonb_build_object('productId', product_id, 'amount', amount) order by line_no) as lines
      from sales_order_line where order_id = o.order_id
    ) line
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
        'productId', named.product_id, 'isKnown', product.product_id is not null, 'brand', product.brand,
        'category', product.category
      )) as products
      from (select distinct product_id from sales_order_line where order_id = o.order_id) named
      left join product using (product_id)
    ) sold
    cross join lateral (
      select jsonb_agg(jsonb_build_object(
        'refundId', r.refund_id, 'refundedAt', r.refunded_at, 'amount', r.amount, 'lines', (
          select jsonb_agg(jsonb_build_object('productId', product_id, 'amount', amount) order by line_no)
          from sales_refund_line l where l.refund_id = r.refund_id
        )
      ) order by (
        select min(entry_no) from commission_entry e where e.refund_id = r.refund_id and e.order_id = o.order_id
      ), r.refunded_at, r.refund_id) as refunds
      from sales_refund r where r.order_id = o.order_id
    ) back
    order by o.order_id`.execute(db)
  return rows.map(({ refunds, ...order }) => ({
    ...order,
    refunds: refunds.map((refund) => ({ ...refund, refundedAt: new Date(refund.refundedAt) })),
  }))
}
