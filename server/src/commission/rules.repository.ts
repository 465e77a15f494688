import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import type { RuleVersion } from './choose-rule.ts'

/** Every version ever published. */
export function listRules(db: Db): Promise<RuleVersion[]> {
  return db.selectFrom('commissionRule').selectAll().orderBy('ruleId').orderBy('version').execute()
}

/** Adds a version of each rule that is new or differs from its last one; gives those rules' ids. */
export async function publishRules(tx: Db, rules: readonly Omit<RuleVersion, 'version'>[], now: Date) {
  // Two publishers of one rule take turns, or both would add the same version.
  await sql`select pg_advisory_xact_lock(hashtextextended('commission rules', 0))`.execute(tx)
  const { rows } = await sql<{ ruleId: string }>`
    insert into commission_rule (
      rule_id, version, credit, rate, effective_from, effective_to, product_id, category, brand, channel, ownership,
      published_at
    )
    select "ruleId", coalesce(last.version, 0) + 1, given.credit, given.rate, "effectiveFrom", "effectiveTo",
      "productId", given.category, given.brand, given.channel, given.ownership, ${now}
    from json_to_recordset(${JSON.stringify(rules)}::json) as given (
      "ruleId" text, credit text, rate integer, "effectiveFrom" timestamptz, "effectiveTo" timestamptz,
      "productId" text, category text, brand text, channel text, ownership text
    )
    left join lateral (
      select * from commission_rule known where known.rule_id = "ruleId" order by version desc limit 1
    ) last on true
    where (last.credit, last.rate, last.effective_from, last.effective_to, last.product_id, last.category, last.brand,
        last.channel, last.ownership)
      is distinct from
      (given.credit, given.rate, "effectiveFrom", "effectiveTo", "productId", given.category, given.brand,
        given.channel, given.ownership)
    order by "ruleId"
    returning rule_id`.execute(tx)
  return rows.map(({ ruleId }) => ruleId)
}
