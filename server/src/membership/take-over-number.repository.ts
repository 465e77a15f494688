import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { type CrmMember, givenMembers } from './crm-members.repository.ts'

/**
 * Where a CRM names a customer who enrolled here first, under a number of ours: by external_userid, by a unionid only
 * that customer has, or by the phone only that member confirmed. The CRM is the authority on numbers, so its number
 * takes over: the card is its from now on, with everything the enrolment learned that the CRM does not say, and ours
 * is kept as a former number, under which orders and receipts go on matching. A customer of another CRM number is
 * nobody's to take.
 */
export async function takeOverNumbers(db: Db, members: readonly CrmMember[], at: Date): Promise<void> {
  const { rows } = await sql<{ memberNo: string; formerNo: string; held: boolean }>`
    select distinct on (own.member_no) given."memberNo" as member_no, own.member_no as former_no, held.member_no is not null as held
    from ${givenMembers(members)}
    left join member held on held.member_no = given."memberNo"
    cross join lateral (
      select m.member_no from member m where m.external_user_id = given."externalUserId"
      union all
      select m.member_no from member m
      where given."externalUserId" is null and held.external_user_id is null and m.external_user_id = (
        select min(c.external_user_id) from customer c where c.union_id = given."unionId" having count(*) = 1
      )
      union all
      select min(m.member_no) from member m
      where given."externalUserId" is null and held.external_user_id is null and m.phone_hash = given."phoneHash"
        and m.phone_verified_at is not null and m.member_no <> given."memberNo"
      having count(*) = 1 and coalesce(min(m.union_id) = coalesce(given."unionId", held.union_id), true)
    ) known
    join member own on own.member_no = known.member_no
    where own.source = 'enrolment' and own.member_no <> given."memberNo"
    order by own.member_no, given."memberNo"`.execute(db)
  for (const row of rows) await takeOver(db, row, at)
}

async function takeOver(
  db: Db,
  { memberNo, formerNo, held }: { memberNo: string; formerNo: string; held: boolean },
  at: Date,
): Promise<void> {
  if (held) await foldInto(db, memberNo, formerNo)
  else await db.updateTable('member').set({ memberNo }).where('memberNo', '=', formerNo).execute()
  await db.insertInto('formerMemberNo').values({ formerNo, memberNo, replacedAt: at }).execute()
  // What people decided about our number they decided about the card.
  await sql`
    update identity_decision set value = ${memberNo}
    where kind = 'member_no' and value = ${formerNo}
      and not exists (select from identity_decision d where d.kind = 'member_no' and d.value = ${memberNo})`.execute(db)
}

/** What the CRM has told stays; what only the enrolment knows is added. */
async function foldInto(db: Db, memberNo: string, formerNo: string): Promise<void> {
  await db.updateTable('formerMemberNo').set({ memberNo }).where('memberNo', '=', formerNo).execute()
  const { rows } = await sql<{ externalUserId: string | null }>`
    with own as (delete from member where member_no = ${formerNo} returning *)
    update member m set
      union_id = coalesce(m.union_id, own.union_id),
      phone_hash = coalesce(m.phone_hash, own.phone_hash),
      phone_sealed = case when m.phone_hash is null then own.phone_sealed else m.phone_sealed end,
      phone_verified_at = case when m.phone_hash is null then own.phone_verified_at
                          when m.phone_hash = own.phone_hash then coalesce(m.phone_verified_at, own.phone_verified_at)
                          else m.phone_verified_at end,
      name = coalesce(m.name, own.name),
      birthday = coalesce(m.birthday, own.birthday)
    from own where m.member_no = ${memberNo}
    returning own.external_user_id`.execute(db)
  const externalUserId = rows[0]?.externalUserId
  if (!externalUserId) return
  // Only now has the other row let go of the customer.
  await db
    .updateTable('member')
    .set({ externalUserId })
    .where('memberNo', '=', memberNo)
    .where('externalUserId', 'is', null)
    .execute()
}

/** Those of the numbers that gave way to another. */
export async function listFormerNumbers(db: Db, memberNos: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('formerMemberNo')
    .select('formerNo')
    .where(sql<boolean>`former_no = any(${[...memberNos]}::text[])`)
    .execute()
  return new Set(rows.map(({ formerNo }) => formerNo))
}
