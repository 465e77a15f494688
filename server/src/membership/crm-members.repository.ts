import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { customerOfMember } from '../identity/resolve.repository.ts'

export interface CrmMember {
  memberNo: string
  externalUserId: string | null
  unionId: string | null
  phoneHash: string | null
  /** Hex of the sealed phone; there whenever the hash is. */
  phoneSealed: string | null
  name: string | null
  birthday: string | null
  tier: string | null
  points: number | null
  storedValue: number | null
  /** RFC 3339; null: since now, if the member is new. */
  joinedAt: string | null
}

/**
 * Gives the numbers of the members that are new or now different. Who a member is (ids, phone, name, birthday, since
 * when) is only ever replaced by something else, never cleared by leaving it out: an enrolment may have told it. The
 * CRM's own figures (tier, points, stored value) are what its last record says. Its phones count as verified.
 */
export async function upsertMembers(db: Db, members: readonly CrmMember[], now: Date): Promise<string[]> {
  // `excluded` cannot tell a time given from one made up: one equal to `now` to the millisecond was made up.
  const { rows } = await sql<{ memberNo: string }>`
    insert into member as m (
      member_no, external_user_id, union_id, phone_hash, phone_sealed, phone_verified_at, name, birthday, tier, points,
      stored_value, joined_at, source, updated_at
    )
    select "memberNo", "externalUserId", "unionId", "phoneHash", decode("phoneSealed", 'hex'),
      case when "phoneHash" is not null then ${now}::timestamptz end, name, birthday, tier, points, "storedValue",
      coalesce("joinedAt", ${now}), 'crm', ${now}
    from ${givenMembers(members)}
    order by "memberNo"
    on conflict (member_no) do update set
      external_user_id = coalesce(excluded.external_user_id, m.external_user_id),
      union_id = coalesce(excluded.union_id, m.union_id),
      phone_hash = coalesce(excluded.phone_hash, m.phone_hash),
      phone_sealed = case when excluded.phone_hash = m.phone_hash then m.phone_sealed
                     else coalesce(excluded.phone_sealed, m.phone_sealed) end,
      phone_verified_at = case when excluded.phone_hash = m.phone_hash
                          then coalesce(m.phone_verified_at, excluded.phone_verified_at)
                          else coalesce(excluded.phone_verified_at, m.phone_verified_at) end,
      name = coalesce(excluded.name, m.name),
      birthday = coalesce(excluded.birthday, m.birthday),
      tier = excluded.tier, points = excluded.points, stored_value = excluded.stored_value,
      joined_at = case when excluded.joined_at = ${now} then m.joined_at else excluded.joined_at end,
      source = excluded.source, updated_at = excluded.updated_at
    where (m.external_user_id, m.union_id, m.phone_hash, m.name, m.birthday, m.tier, m.points, m.stored_value,
           m.joined_at, m.source)
        is distinct from
          (coalesce(excluded.external_user_id, m.external_user_id), coalesce(excluded.union_id, m.union_id),
           coalesce(excluded.phone_hash, m.phone_hash), coalesce(excluded.name, m.name),
           coalesce(excluded.birthday, m.birthday), excluded.tier, excluded.points, excluded.stored_value,
           case when excluded.joined_at = ${now} then m.joined_at else excluded.joined_at end, excluded.source)
      or (excluded.phone_hash is not null and m.phone_verified_at is null)
    returning member_no`.execute(db)
  return rows.map(({ memberNo }) => memberNo)
}

/** Those of the given members whose customer belongs to another member, and will still after these are written. */
export async function listWithTakenCustomer(db: Db, members: readonly CrmMember[]): Promise<Set<string>> {
  const { rows } = await sql<{ memberNo: string }>`
    with given as (select "memberNo", "externalUserId" from ${givenMembers(members)} where "externalUserId" is not null)
    select given."memberNo" as member_no
    from given
    join member holder on holder.external_user_id = given."externalUserId" and holder.member_no <> given."memberNo"
    where not exists (
      select from given moving
      where moving."memberNo" = holder.member_no and moving."externalUserId" <> holder.external_user_id
    )`.execute(db)
  return new Set(rows.map(({ memberNo }) => memberNo))
}

/** Whoever invited the customers of these members has been answered. */
export async function markEnrolled(db: Db, memberNos: readonly string[], at: Date): Promise<void> {
  await sql`
    update invitation set enrolled_at = ${at}
    where enrolled_at is null
      and external_user_id in (select ${customerOfMember} from member m where m.member_no = any(${[...memberNos]}::text[]))
  `.execute(db)
}

/** The records as a table `given`. */
export const givenMembers = (members: readonly CrmMember[]) => sql`
  json_to_recordset(${JSON.stringify(members)}::json) as given (
    "memberNo" text, "externalUserId" text, "unionId" text, "phoneHash" text, "phoneSealed" text, name text,
    birthday date, tier text, points bigint, "storedValue" bigint, "joinedAt" timestamptz
  )`
