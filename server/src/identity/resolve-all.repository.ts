import { type RawBuilder, sql } from 'kysely'
import { stands } from './resolve.repository.ts'

/**
 * The rules of resolve.repository.ts for everybody at once, as CTEs that are joined by hash: what a column says there
 * of one order it says here of all, a hundred times faster. A test holds the two against each other. They end in
 * `resolved_order` (order_id, customer, and by_… of each id) and, asked for, `resolved_refund`.
 */
export function resolveAll({ refunds }: { refunds: boolean }): RawBuilder<unknown> {
  return sql`
    ruled as materialized (select d.kind, d.value, d.external_user_id, d.cause from identity_decision d where ${stands}),
    union_of_customer as materialized (
      select union_id, min(external_user_id) as customer, count(*) as customers
      from customer where union_id is not null group by union_id
    ),
    member_customer as materialized (
      select m.member_no, m.union_id, m.phone_hash, m.phone_verified_at, m.external_user_id, u.customers is null as union_unknown,
        coalesce(d.external_user_id, m.external_user_id, du.external_user_id,
                 case when u.customers = 1 then u.customer end) as customer
      from member m
      left join ruled d on d.kind = 'member_no' and d.value = m.member_no
      left join ruled du on du.kind = 'union_id' and du.value = m.union_id
      left join union_of_customer u on u.union_id = m.union_id
    ),
    number_customer as materialized (
      select member_no, customer from member_customer
      where member_no not in (select former_no from former_member_no)
      union all
      select f.former_no, m.customer from former_member_no f join member_customer m using (member_no)
    ),
    union_customer as materialized (
      select union_id, customer from union_of_customer where customers = 1
      union all
      select union_id, min(external_user_id) from member_customer
      where union_id is not null and union_unknown group by union_id
      having min(external_user_id) = max(external_user_id)
    ),
    phone_customer as materialized (
      select phone_hash, min(customer) as customer from member_customer
      where phone_hash is not null and phone_verified_at is not null
      group by phone_hash having min(customer) = max(customer)
    ),
    resolved_order as ${resolved('order', sql`d.external_user_id`)}
    ${
      refunds
        ? sql`, resolved_refund as (
            select own.*, case when o.order_id is not null then o.customer else own.own_customer end as customer
            from ${resolved('refund', sql`d.external_user_id`, 'own_customer')} own
            left join resolved_order o on o.order_id = own.of_order
          )`
        : sql``
    }`
}

function resolved(what: 'order' | 'refund', decision: RawBuilder<unknown>, name = 'customer'): RawBuilder<unknown> {
  const id = sql.ref(`o.${what}_id`)
  return sql`(
    select ${id}, ${what === 'refund' ? sql`o.order_id as of_order,` : sql``}
      coalesce(${decision}, o.external_user_id, n.customer, du.external_user_id, u.customer, dp.external_user_id,
               p.customer) as ${sql.ref(name)},
      o.external_user_id as by_external_user_id, n.customer as by_member_no,
      coalesce(du.external_user_id, u.customer) as by_union_id, coalesce(dp.external_user_id, p.customer) as by_phone,
      case when d.cause = 'binding' then d.external_user_id end as by_binding
    from ${sql.table(`sales_${what}`)} o
    left join ruled d on d.kind = ${sql.lit(what)} and d.value = ${id}
    left join number_customer n on n.member_no = o.member_no
    left join ruled du on du.kind = 'union_id' and du.value = o.union_id
    left join union_customer u on u.union_id = o.union_id
    left join ruled dp on dp.kind = 'phone' and dp.value = o.phone_hash
    left join phone_customer p on p.phone_hash = o.phone_hash
  )`
}
