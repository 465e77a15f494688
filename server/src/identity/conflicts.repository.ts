import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { DecisionKind } from './identity.table.ts'
import { resolveAll } from './resolve-all.repository.ts'

export interface ConflictKey {
  kind: DecisionKind
  value: string
}

/** Everything that could mean two customers, in the order of its key; `decided`: those a decision still covers. */
export async function listConflictKeys(
  db: Db,
  { decided, after, limit }: { decided: boolean; after?: ConflictKey; limit: number },
): Promise<ConflictKey[]> {
  const { rows } = await sql<ConflictKey>`
    with ${resolveAll({ refunds: true })},
    claim as (
      select 'phone' as kind, phone_hash as value, array_agg(distinct customer) as claimants
      from member_customer
      where customer is not null and phone_hash is not null and phone_verified_at is not null
      group by phone_hash having min(customer) <> max(customer)
      union all
      select 'union_id', union_id, array_agg(external_user_id)
      from customer where union_id is not null group by union_id having count(*) > 1
      union all
      select 'union_id', union_id, array_agg(distinct external_user_id)
      from member_customer where union_id is not null and union_unknown and external_user_id is not null
      group by union_id having min(external_user_id) <> max(external_user_id)
      union all
      select 'member_no', m.member_no, array[m.external_user_id, coalesce(du.external_user_id, u.customer)]
      from member_customer m
      left join ruled du on du.kind = 'union_id' and du.value = m.union_id
      left join union_of_customer u on u.union_id = m.union_id and u.customers = 1
      where m.external_user_id <> coalesce(du.external_user_id, u.customer)
      union all
      ${claimsOnSale('order')}
      union all
      ${claimsOnSale('refund')}
    )
    select claim.kind, claim.value
    from claim left join ruled d using (kind, value)
    where ${decided ? sql`` : sql`not`} coalesce(d.cause = 'decision' and claim.claimants <@ (
        select claimants from identity_decision held
        where held.kind = claim.kind and held.value = claim.value and held.undone_at is null and held.superseded_by is null
      ), false)
      and ${after ? sql`(claim.kind, claim.value) > (${after.kind}, ${after.value})` : sql`true`}
    order by claim.kind, claim.value limit ${limit}`.execute(db)
  return rows
}

/** Of a refund whose order is known, the order's customer is the refund's: what it says itself is no claim. */
function claimsOnSale(what: 'order' | 'refund'): RawBuilder<unknown> {
  const said = sql`s.by_external_user_id, s.by_member_no, s.by_union_id, s.by_phone, s.by_binding`
  return sql`
    select ${sql.lit(what)}, ${sql.ref(`s.${what}_id`)},
      array(select distinct said from unnest(array[${said}]) said where said is not null)
    from ${sql.table(`resolved_${what}`)} s
    where least(${said}) <> greatest(${said})
      ${what === 'refund' ? sql`and not exists (select from sales_order known where known.order_id = s.of_order)` : sql``}`
}
