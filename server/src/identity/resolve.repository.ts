import { type RawBuilder, sql } from 'kysely'
import type { DecisionKind } from './identity.table.ts'

/** A decision `d` that neither was undone nor gave way to a later one. */
export const stands = sql`d.undone_at is null and d.superseded_by is null`

/** Whom people decided an id to mean; null: nobody had to. */
function decided(kind: DecisionKind, value: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(
    select d.external_user_id from identity_decision d where d.kind = ${sql.lit(kind)} and d.value = ${value} and ${stands}
  )`
}

/** The only customer WeCom told this unionid of. */
function customerWithUnionId(unionId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`coalesce(
    ${decided('union_id', unionId)},
    (select min(c.external_user_id) from customer c where c.union_id = ${unionId} having count(*) = 1)
  )`
}

/** The customer of a member `m`: the one linked, else the only one with the member's unionid. */
export const customerOfMember = sql<string | null>`coalesce(
  ${decided('member_no', sql`m.member_no`)}, m.external_user_id, ${customerWithUnionId(sql`m.union_id`)}
)`

/** What each id of a row, an order `o` or a refund `r`, means by itself; null: nobody, or more than one customer. */
export function meaningOf(row: 'o' | 'r') {
  const column = (name: string) => sql.ref(`${row}.${name}`)
  return {
    externalUserId: sql<string | null>`${column('external_user_id')}`,
    memberNo: sql<string | null>`(
      select ${customerOfMember} from member m
      where m.member_no = coalesce(
        (select f.member_no from former_member_no f where f.former_no = ${column('member_no')}), ${column('member_no')}
      )
    )`,
    unionId: sql<string | null>`coalesce(
      ${customerWithUnionId(column('union_id'))},
      (select min(m.external_user_id) from member m
       where m.union_id = ${column('union_id')}
         and not exists (select from customer c where c.union_id = ${column('union_id')})
       having count(distinct m.external_user_id) = 1)
    )`,
    phone: sql<string | null>`coalesce(
      ${decided('phone', column('phone_hash'))},
      (select min(known.customer) from (
         select ${customerOfMember} as customer from member m
         where m.phone_hash = ${column('phone_hash')} and m.phone_verified_at is not null
       ) known having count(distinct known.customer) = 1)
    )`,
  }
}

/** The first id that means somebody decides; what the till itself says goes before all others. */
function firstMeaning(row: 'o' | 'r'): RawBuilder<string | null> {
  const { externalUserId, memberNo, unionId, phone } = meaningOf(row)
  return sql`coalesce(${externalUserId}, ${memberNo}, ${unionId}, ${phone})`
}

/**
 * Whose an order `o` is: as decided or bound, else by its ids, in the order external_userid, member number (also a
 * former one), unionid, verified phone. An id that could mean two customers means none of them. Everything that
 * attributes an order asks this, when it reads: so what arrives later, in whatever order, needs no repair.
 */
export const customerOfOrder = sql<string | null>`coalesce(
  ${decided('order', sql`o.order_id`)}, ${firstMeaning('o')}
)`

/** Whose a refund `r` is: its order's customer where the order is known, else as decided, else by its own ids. */
export const customerOfRefund = sql<string | null>`case
  when exists (select from sales_order o where o.order_id = r.order_id)
  then (select ${customerOfOrder} from sales_order o where o.order_id = r.order_id)
  else coalesce(${decided('refund', sql`r.refund_id`)}, ${firstMeaning('r')})
end`

/**
 * The CTEs by which indexes name every order or refund that can be one of these people's (`people`: a query of
 * external_user_ids): ends in `candidate`, whose rows the rules above have yet to judge.
 */
export function candidatesOf(people: RawBuilder<unknown>, what: 'order' | 'refund'): RawBuilder<unknown> {
  const table = sql.table(`sales_${what}`)
  const id = sql.ref(`${what}_id`)
  return sql`
    person as materialized (${people}),
    named as materialized (
      select d.kind, d.value from identity_decision d join person using (external_user_id) where ${stands}
    ),
    own_union as materialized (
      select c.union_id from customer c join person using (external_user_id) where c.union_id is not null
      union
      select value from named where kind = 'union_id'
    ),
    card as materialized (
      select m.member_no, m.union_id, m.phone_hash from member m join person using (external_user_id)
      union
      select m.member_no, m.union_id, m.phone_hash from member m join own_union using (union_id)
      union
      select m.member_no, m.union_id, m.phone_hash from member m join named on kind = 'member_no' and value = m.member_no
    ),
    candidate as (
      select ${id} from ${table} where external_user_id in (select external_user_id from person)
      union
      select ${id} from ${table} where member_no in (
        select member_no from card
        union
        select former_no from former_member_no join card using (member_no)
      )
      union
      select ${id} from ${table} where union_id in (select union_id from card union select union_id from own_union)
      union
      select ${id} from ${table} where phone_hash in (
        select phone_hash from card
        union
        select value from named where kind = 'phone'
      )
      union
      select ${id} from ${table} where ${id} in (select value from named where kind = ${sql.lit(what)})
    )`
}
