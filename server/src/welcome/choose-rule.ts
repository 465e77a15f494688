import type { WelcomeMatch } from '@zhanggui/shared/welcome.ts'

export interface RuleLike {
  ruleId: string
  match: WelcomeMatch
  priority: number
}

export interface Occasion {
  guideUserId: string
  storeId: string | undefined
  channelState: string | undefined
  /** The channel of our own that the state belongs to; its rule only while the channel is valid. */
  channel?: { channelId: string; ruleId: string | null } | null
  at: Date
}

/**
 * The rule the channel names, within that rule's hours; else the most specific that matches: by state before by guide before by store before for everyone; among equals
 * the higher priority, then the one bound to hours or weekdays, then the smaller id, so that the choice is never chance.
 */
export function chooseRule<R extends RuleLike>(rules: readonly R[], occasion: Occasion): R | undefined {
  const bound = rules.find(({ ruleId }) => ruleId === occasion.channel?.ruleId)
  if (bound && withinHours(bound.match, occasion.at)) return bound
  return rules.filter((rule) => matches(rule.match, occasion)).sort(bySpecificity)[0]
}

function bySpecificity(a: RuleLike, b: RuleLike): number {
  const [left, right] = [a, b].map((rule) => [
    rule.match.states ? 1 : 0,
    rule.match.guideIds ? 1 : 0,
    rule.match.storeIds ? 1 : 0,
    rule.priority,
    rule.match.weekdays || rule.match.from || rule.match.to ? 1 : 0,
  ])
  for (const [index, value] of (left ?? []).entries()) {
    const difference = (right?.[index] ?? 0) - value
    if (difference !== 0) return difference
  }
  return a.ruleId < b.ruleId ? -1 : 1
}

export function matches(match: WelcomeMatch, { guideUserId, storeId, channelState, channel, at }: Occasion): boolean {
  const folded = guideUserId.toLowerCase()
  // Other systems know a channel of ours by the id they gave it; its state is nobody's to guess.
  const states = [channelState, channel?.channelId]
  if (match.states && !match.states.some((state) => states.includes(state))) return false
  if (match.guideIds && !match.guideIds.some((id) => id.toLowerCase() === folded)) return false
  if (match.storeIds && (storeId === undefined || !match.storeIds.includes(storeId))) return false
  return withinHours(match, at)
}

const DAY = 24 * 60

/** Hours that cross midnight belong to the day they began: Friday 22:00–02:00 still holds on Saturday at 01:00. */
function withinHours({ weekdays, from, to }: WelcomeMatch, at: Date): boolean {
  const { weekday, minute } = shanghai(at)
  const begin = from === undefined ? 0 : minutes(from)
  const end = to === undefined ? DAY : minutes(to)
  const onDay = (day: number) => weekdays === undefined || weekdays.includes(day)
  if (begin < end) return minute >= begin && minute < end && onDay(weekday)
  if (begin === end) return onDay(weekday)
  if (minute >= begin) return onDay(weekday)
  return minute < end && onDay(weekday === 1 ? 7 : weekday - 1)
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(':').map(Number)
  return hours * 60 + rest
}

/** Asia/Shanghai has been UTC+8 without daylight saving since 1991. */
function shanghai(at: Date): { weekday: number; minute: number } {
  const local = new Date(at.getTime() + 8 * 3_600_000)
  return { weekday: local.getUTCDay() || 7, minute: local.getUTCHours() * 60 + local.getUTCMinutes() }
}
