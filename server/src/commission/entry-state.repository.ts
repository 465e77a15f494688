import type { CommissionState } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'

/** The state of an entry `e`, left joined with its settlement `s`, at a time. */
export function stateAt(now: Date) {
  return sql<CommissionState>`case
    when s.period is not null then 'settled' when e.confirms_at <= ${now} then 'confirmed' else 'pending'
  end`
}

/** Of entries grouped by `folded_id`, the guide as known now; a till's own spelling of one nobody has told us of. */
export const guideNamed = sql<string>`coalesce(
  (select user_id from guide where lower(user_id) = folded_id), max(guide_user_id)
)`
