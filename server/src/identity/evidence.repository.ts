import type { IdentityEvidence } from '@zhanggui/shared/identity.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { ConflictKey } from './conflicts.repository.ts'
import { customerOfMember, customerOfOrder, customerOfRefund, meaningOf, stands } from './resolve.repository.ts'

export interface Evidence {
  customer: string
  by: IdentityEvidence['by']
  value: string | null
  /** In place of a value: the phone of that member. */
  phoneSealed: Buffer | null
  memberNo: string | null
  told: string
  at: Date
}

/** What says whom an id means; only one customer, or none: there is no conflict. */
export async function listEvidence(db: Db, { kind, value }: ConflictKey): Promise<Evidence[]> {
  const source = {
    order: () => ofSale('order', value),
    refund: () => ofSale('refund', value),
    member_no: () => ofMember(value),
    union_id: () => ofUnionId(value),
    phone: () => ofPhone(value),
  }[kind]
  const { rows } = await sql<Evidence>`
    select customer, by, value, phone_sealed, member_no, told, at from (${source()}) evidence
    where customer is not null order by customer, at, by, member_no`.execute(db)
  return rows
}

function ofSale(what: 'order' | 'refund', id: string): RawBuilder<unknown> {
  const row = what === 'order' ? 'o' : 'r'
  const sale = sql`${sql.table(`sales_${what}`)} as ${sql.ref(row)}`
  const own = (column: string) => sql.ref(`${row}.${column}`)
  const where = sql`${own(`${what}_id`)} = ${id}
    ${what === 'refund' ? sql`and not exists (select from sales_order known where known.order_id = r.order_id)` : sql``}`
  const means = meaningOf(row)
  return sql`
    select ${means.externalUserId} as customer, 'external_user_id' as by, ${own('external_user_id')} as value,
      null::bytea as phone_sealed, null as member_no, 'till' as told, ${own('received_at')} as at
    from ${sale} where ${where}
    union all
    select ${means.memberNo}, 'member_no', ${own('member_no')}, null, m.member_no, m.source, m.updated_at
    from ${sale} left join former_member_no f on f.former_no = ${own('member_no')}
    join member m on m.member_no = coalesce(f.member_no, ${own('member_no')})
    where ${where}
    union all
    select ${means.unionId}, 'union_id', ${own('union_id')}, null, null, 'till', ${own('received_at')}
    from ${sale} where ${where} and ${own('union_id')} is not null
    union all
    select ${means.phone}, 'phone', null, m.phone_sealed, m.member_no, m.source, m.phone_verified_at
    from ${sale} join member m on m.phone_hash = ${own('phone_hash')} and m.phone_verified_at is not null
    where ${where}
    union all
    select d.external_user_id, 'binding', d.value, null, null, d.decided_by, d.decided_at
    from identity_decision d where d.kind = ${sql.lit(what)} and d.value = ${id} and d.cause = 'binding' and d.undone_at is null`
}

function ofMember(memberNo: string): RawBuilder<unknown> {
  return sql`
    select m.external_user_id as customer, 'external_user_id' as by, m.external_user_id as value,
      null::bytea as phone_sealed, m.member_no, m.source as told, m.updated_at as at
    from member m where m.member_no = ${memberNo}
    union all
    select c.external_user_id, 'union_id', c.union_id, null, null, 'wecom', coalesce(c.mirrored_at, c.created_at)
    from member m join customer c using (union_id) where m.member_no = ${memberNo}`
}

function ofUnionId(unionId: string): RawBuilder<unknown> {
  return sql`
    select c.external_user_id as customer, 'union_id' as by, c.union_id as value, null::bytea as phone_sealed,
      null as member_no, 'wecom' as told, coalesce(c.mirrored_at, c.created_at) as at
    from customer c where c.union_id = ${unionId}
    union all
    select m.external_user_id, 'union_id', m.union_id, null, m.member_no, m.source, m.updated_at
    from member m
    where m.union_id = ${unionId} and not exists (select from customer c where c.union_id = ${unionId})`
}

function ofPhone(phoneHash: string): RawBuilder<unknown> {
  return sql`
    select ${customerOfMember} as customer, 'phone' as by, null as value, m.phone_sealed, m.member_no, m.source as told,
      m.phone_verified_at as at
    from member m where m.phone_hash = ${phoneHash} and m.phone_verified_at is not null`
}

/** Whom it means now; undefined: nobody. */
export async function findMeaning(db: Db, { kind, value }: ConflictKey): Promise<string | undefined> {
  const meaning = {
    order: () => sql`select ${customerOfOrder} as customer from sales_order o where o.order_id = ${value}`,
    refund: () => sql`select ${customerOfRefund} as customer from sales_refund r where r.refund_id = ${value}`,
    member_no: () => sql`select ${customerOfMember} as customer from member m where m.member_no = ${value}`,
    union_id: () => meaningOfBare('union_id', value),
    phone: () => meaningOfBare('phone_hash', value),
  }[kind]
  const { rows } = await sql<{ customer: string | null }>`${meaning()}`.execute(db)
  return rows[0]?.customer ?? undefined
}

/** As an order would have it that bears nothing else. */
function meaningOfBare(column: 'union_id' | 'phone_hash', value: string): RawBuilder<unknown> {
  const { unionId, phone } = meaningOf('o')
  return sql`select ${column === 'union_id' ? unionId : phone} as customer from (select ${value}::text as ${sql.ref(column)}) o`
}

/** The decision that stands. */
export async function findDecision(db: Db, { kind, value }: ConflictKey) {
  return db
    .selectFrom('identityDecision as d')
    .selectAll()
    .where('d.kind', '=', kind)
    .where('d.value', '=', value)
    .where(sql<boolean>`${stands}`)
    .executeTakeFirst()
}
