import type { Credit } from '@zhanggui/shared/attribution.ts'
import type { CommissionRuleTable } from './commission.table.ts'

export type RuleVersion = Omit<CommissionRuleTable, 'publishedAt'>

/** What a rule may ask about a line of an order; null: not known, and no rule asks for that. */
export interface LineFacts {
  productId: string
  category: string | null
  /** The product's, else the counter's. */
  brand: string | null
  channel: CommissionRuleTable['channel']
  ownership: CommissionRuleTable['ownership']
}

/** From the most specific on. A rule with one of these beats any rule without it and the ones before it. */
const conditions = ['productId', 'category', 'brand', 'channel', 'ownership'] as const

/**
 * Of each rule the version that stood at a time: the latest of those already in effect then, so that a version
 * replaces what came before it from its own beginning on. One that is over stands for nothing.
 */
export function rulesAt(rules: readonly RuleVersion[], at: Date): RuleVersion[] {
  const standing = new Map<string, RuleVersion>()
  for (const rule of rules) {
    const known = standing.get(rule.ruleId)
    if (rule.effectiveFrom <= at && (!known || known.version < rule.version)) standing.set(rule.ruleId, rule)
  }
  return [...standing.values()].filter(({ effectiveTo }) => effectiveTo === null || at < effectiveTo)
}

/** The most specific rule that fits; of equally specific ones the later begun, then the first by its id. */
export function chooseRule(standing: readonly RuleVersion[], credit: Credit, line: LineFacts): RuleVersion | undefined {
  const fitting = standing.filter(
    (rule) =>
      rule.credit === credit &&
      conditions.every((condition) => rule[condition] === null || rule[condition] === line[condition]),
  )
  return fitting.reduce<RuleVersion | undefined>(
    (best, rule) => (best === undefined || isMoreSpecific(rule, best) ? rule : best),
    undefined,
  )
}

function isMoreSpecific(rule: RuleVersion, other: RuleVersion): boolean {
  const difference = conditions.find((condition) => (rule[condition] === null) !== (other[condition] === null))
  if (difference !== undefined) return rule[difference] !== null
  const later = rule.effectiveFrom.getTime() - other.effectiveFrom.getTime()
  return later === 0 ? rule.ruleId < other.ruleId : later > 0
}
