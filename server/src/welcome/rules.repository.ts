import type { WelcomeRuleRecord } from '@zhanggui/shared/welcome.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { MediaNeed } from './attachments.ts'

export interface WelcomeRuleRow {
  ruleId: string
  text: string
  memberText: string | null
  attachments: NonNullable<WelcomeRuleRecord['attachments']>
  match: WelcomeRuleRecord['match']
  priority: number
}

/** Gives the ids of the rules that are new or now different. */
export async function upsertWelcomeRules(db: Db, rules: readonly WelcomeRuleRow[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ ruleId: string }>`
    insert into welcome_rule as r (rule_id, text, member_text, attachments, match, priority, updated_at)
    select "ruleId", text, "memberText", attachments, match, priority, ${now}
    from json_to_recordset(${JSON.stringify(rules)}::json) as given (
      "ruleId" text, text text, "memberText" text, attachments jsonb, match jsonb, priority integer
    )
    order by "ruleId"
    on conflict (rule_id) do update set
      text = excluded.text, member_text = excluded.member_text, attachments = excluded.attachments,
      match = excluded.match, priority = excluded.priority, updated_at = excluded.updated_at
    where (r.text, r.member_text, r.attachments, r.match, r.priority) is distinct from
      (excluded.text, excluded.member_text, excluded.attachments, excluded.match, excluded.priority)
    returning rule_id`.execute(db)
  return rows.map(({ ruleId }) => ruleId)
}

/** Notes the files that welcomes need, to be uploaded; true if there are new ones. */
export async function noteMedia(db: Db, needs: readonly MediaNeed[]): Promise<boolean> {
  const { rows } = await sql`
    insert into media (source_url, kind)
    select distinct url, kind from json_to_recordset(${JSON.stringify(needs)}::json) as need (url text, kind text)
    order by url, kind
    on conflict do nothing
    returning kind`.execute(db)
  return rows.length > 0
}

/** Those of the ids that are rules. */
export async function listKnownRuleIds(db: Db, ruleIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('welcomeRule')
    .select('ruleId')
    .where('ruleId', '=', sql<string>`any(${[...ruleIds]}::text[])`)
    .execute()
  return new Set(rows.map(({ ruleId }) => ruleId))
}
