import type { CommissionState } from '@zhanggui/shared/commission.ts'
import { sql } from 'kysely'

/** The state of an entry `e`, left joined with its settlement `s`, at a time. */
export function stateAt(now: Date) {
  return sql<CommissionState>`case
    when s.period is not null then 'settled' when e.confirms_at <= ${now} then 'confirmed' else 'pending'
  end`
}

/** A guide as known now, of an entry `e`; a till's own spelling of one nobody has told us of. */
export const guideOfEntry = sql<string>`coalesce(
  (select user_id from guide where lower(user_id) = lower(e.guide_user_id)), e.guide_user_id
)`
