import { type RawBuilder, sql } from 'kysely'

/**
 * What kind a `person.member_id` is: a callback gives ids alone (doc 92130), and external_userids begin with wm or wo.
 * Reading the group says it for certain.
 */
export function kindOfMember(chatId: string): RawBuilder<string> {
  return sql`coalesce(
    (
      select known.kind from group_membership known
      where known.chat_id = ${chatId} and known.member_id = person.member_id order by known.is_exact desc limit 1
    ),
    case
      when exists (select from guide where lower(guide.user_id) = lower(person.member_id)) then 'guide'
      when person.member_id ~ '^w[mo]' then 'customer'
      else 'guide'
    end
  )`
}
