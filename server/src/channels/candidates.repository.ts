import type { Leave } from '@zhanggui/shared/channel.ts'
import { sql } from 'kysely'
import type { Db } from '../db/connection.ts'
import { shanghaiDay } from '../wording/days.ts'
import type { Channel } from './channels.repository.ts'
import type { Candidate } from './line-up.ts'

export interface NamedCandidate extends Candidate {
  name: string | null
}

interface Row extends Omit<NamedCandidate, 'onDuty' | 'leaves' | 'refused'> {
  onDuty: boolean | null
  leaves: Leave[] | null
}

/** Everybody behind the channel: those it names and those of its stores. A guide's own code knows no duty. */
export async function listCandidates(db: Db, channel: Channel, now: Date): Promise<NamedCandidate[]> {
  const { channelId, guideIds, storeIds, kind, troubles } = channel
  const { rows } = await sql<Row>`
    select behind.user_id, behind.name, behind.away, duty.on_duty, duty.leaves,
      coalesce(given.today, 0)::int as today, given.last as last_given_at
    from (
      select coalesce(guide.user_id, named.id) as user_id, guide.name, ${away} as away
      from unnest(${guideIds}::text[]) as named (id) left join guide on lower(guide.user_id) = lower(named.id)
      union
      select guide.user_id, guide.name, ${away} from guide where guide.store_id = any(${storeIds}::text[])
    ) behind
    left join guide_duty duty on duty.user_id = lower(behind.user_id)
    left join lateral (
      select count(*) filter (where at >= ${shanghaiDay(now)}::timestamp at time zone 'Asia/Shanghai') as today,
        max(at) as last
      from channel_arrival
      where channel_id = ${channelId} and lower(guide_user_id) = lower(behind.user_id)
    ) given on true`.execute(db)
  return rows.map(({ onDuty, leaves, ...row }) => ({
    ...row,
    onDuty: kind === 'guide' || (onDuty ?? true),
    leaves: kind === 'guide' ? [] : (leaves ?? []),
    refused: row.userId in troubles,
  }))
}

/** As the mirror of the directory last heard; what it has not heard speaks against nobody. */
const away = sql<boolean>`coalesce(
  guide.status in ('left', 'disabled', 'not_activated') or not guide.visible or guide.follows = false, false
)`

export async function countArrivalsSince(db: Db, channelId: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('channelArrival')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('channelId', '=', channelId)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}
