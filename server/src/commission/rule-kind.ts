import { CommissionRuleRecord } from '@zhanggui/shared/commission.ts'
import type { Deps } from '../deps.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type Keyed, RecordFault, type RecordKind } from '../open-api/record-kind.ts'
import type { RuleVersion } from './choose-rule.ts'
import { reachUncovered } from './compute-credits.ts'
import { publishRules } from './rules.repository.ts'

/** A rule as a version of it is kept. */
export function toRule(record: CommissionRuleRecord): Omit<RuleVersion, 'version'> {
  const { ruleId, credit, rate, effectiveFrom, effectiveTo, productId, category, brand, channel, ownership } = record
  if (effectiveTo !== undefined && Date.parse(effectiveTo) <= Date.parse(effectiveFrom))
    throw new RecordFault('invalid_field', '/effectiveTo must be later than /effectiveFrom')
  return {
    ruleId,
    credit,
    rate,
    effectiveFrom: new Date(effectiveFrom),
    effectiveTo: effectiveTo === undefined ? null : new Date(effectiveTo),
    productId: productId ?? null,
    category: category ?? null,
    brand: brand ?? null,
    channel: channel ?? null,
    ownership: ownership ?? null,
  }
}

/** Another version never touches what was promised before it. Orders that had no rule may get theirs late. */
export function commissionRuleKind({
  clock,
}: Pick<Deps, 'clock'>): RecordKind<typeof CommissionRuleRecord, Keyed<Omit<RuleVersion, 'version'>>> {
  return {
    name: 'commission-rules',
    schema: CommissionRuleRecord,
    idField: 'ruleId',
    prepare: (record) => ({ key: record.ruleId, ...toRule(record) }),
    async write(db, rules) {
      const now = clock.now()
      const changed = await publishRules(db, rules, now)
      const since = new Date(Math.min(...rules.map(({ effectiveFrom }) => effectiveFrom.getTime())))
      if (changed.length > 0 && since <= now)
        await enqueue(db, { task: reachUncovered.name, payload: { since: since.toISOString() }, priority: 15 })
      return { changed }
    },
  }
}
