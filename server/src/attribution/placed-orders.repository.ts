import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfOrder } from '../identity/resolve.repository.ts'
import type { PlacedOrder } from './take-snapshot.ts'

/** A userid as the guide is known now: tills write it in any case, and WeCom may have changed it. */
function presentId(column: string): RawBuilder<string | null> {
  const told = sql.ref(column)
  return sql`(
    select coalesce(guide.user_id, alias.user_id, ${told})
    from (select ${told}) as one
    left join guide_alias alias on alias.former_id = lower(${told})
    left join guide on lower(guide.user_id) = lower(coalesce(alias.user_id, ${told}))
  )`
}

/** Of these orders, what decides who is credited: the owner is whose the customer was when the order was placed. */
export async function listPlacedOrders(db: Db, orderIds: readonly string[]): Promise<PlacedOrder[]> {
  const { rows } = await sql<Omit<PlacedOrder, 'share'> & { sharerGuideId: string | null; sharedAt: Date | null }>`
    with placed as materialized (
      select o.*, ${customerOfOrder} as customer
      from unnest(${orderIds}::text[]) as asked (id) join sales_order o on o.order_id = asked.id
    ), evidence as (
      select p.*, share.guide_user_id as sharer, share.created_at as shared_at, coalesce(
        (select to_user_id from owner_move m where m.external_user_id = customer and m.moved_at <= p.placed_at
         order by m.moved_at desc, m.owner_move_id desc limit 1),
        (select guide_user_id from follow_history h
         where h.external_user_id = customer and h.what = 'started' and h.at <= p.placed_at
         order by h.at, h.guide_user_id limit 1)
      ) as owner, (
        select redeemed_by from coupon c
        where c.redeemed_by is not null and (c.redeemed_order_id = p.order_id or c.code = any(p.coupon_codes))
        order by c.redeemed_at, c.code limit 1
      ) as redeemer
      from placed p left join share on share.token = p.share_token
    )
    select order_id, channel, placed_at, customer as external_user_id, shared_at,
      ${presentId('owner')} as owner_guide_id, ${presentId('sharer')} as sharer_guide_id,
      ${presentId('sales_guide_id')} as till_sales_guide_id, ${presentId('service_guide_id')} as till_service_guide_id,
      ${presentId('redeemer')} as redeemer_guide_id
    from evidence`.execute(db)
  return rows.map(({ sharerGuideId, sharedAt, ...order }) => ({
    ...order,
    share: sharerGuideId !== null && sharedAt ? { guideId: sharerGuideId, sharedAt } : null,
  }))
}
