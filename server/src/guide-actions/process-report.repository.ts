import type { ProcessReport, ProcessSums } from '@zhanggui/shared/guide-action.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'

interface Row {
  /** Null: all guides. */
  guideId: string | null
  /** Null: all actions. */
  action: string | null
  times: number
  lastedMs: number
  customers: number
}

/** Each guide's actions of a period, and all together: a customer two guides looked at counts once there. */
export async function reportProcess(db: Db, { from, to }: { from: string; to: string }): Promise<ProcessReport> {
  const { rows } = await sql<Row>`
    select case grouping(lower(guide_user_id)) when 0 then min(guide_user_id) end as guide_id, action,
      count(*)::int as times, coalesce(sum(lasted_ms), 0)::bigint as lasted_ms,
      count(distinct external_user_id)::int as customers
    from guide_action
    where at >= ${from}::timestamptz and at < ${to}::timestamptz
    group by grouping sets ((lower(guide_user_id), action), (action))
    order by guide_id, action`.execute(db)
  const guides = new Map<string, ProcessSums>()
  const total = nothing()
  for (const row of rows) {
    const sums = row.guideId === null ? total : (guides.get(row.guideId) ?? nothing())
    if (row.guideId !== null) guides.set(row.guideId, sums)
    add(sums, row)
  }
  return { rows: [...guides].map(([guideId, sums]) => ({ guideId, ...sums })), total }
}

function nothing(): ProcessSums {
  return { sidebarOpens: 0, openMs: 0, customers: 0, tagsAdded: 0, remarksWritten: 0, shares: {} }
}

function add(sums: ProcessSums, { action, times, lastedMs, customers }: Row): void {
  const kind = /^(.+)_share$/.exec(action ?? '')?.[1]
  if (kind) sums.shares[kind] = times
  else if (action === 'sidebar_open') Object.assign(sums, { sidebarOpens: times, openMs: lastedMs, customers })
  else if (action === 'tag_add') sums.tagsAdded = times
  else if (action === 'remark_edit') sums.remarksWritten = times
}
