import type { DutyRecord } from '@zhanggui/shared/channel.ts'
import type { Db } from '../db/connection.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type DutyRow, listChannelsOfGuides, upsertDuty } from './duty.repository.ts'
import { syncChannelJob } from './sync-channel.ts'

/** Who comes in or goes stands in or out of the shared codes at once. Gives the folded userids that changed. */
export async function changeDuty(db: Db, duties: readonly DutyRow[], now: Date): Promise<string[]> {
  const changed = await upsertDuty(db, duties, now)
  if (changed.length > 0)
    for (const channelId of await listChannelsOfGuides(db, changed)) await enqueue(db, syncChannelJob(channelId))
  return changed
}

export function toDutyRow({ userId, onDuty = true, leaves = [] }: DutyRecord): DutyRow {
  return {
    userId,
    onDuty,
    leaves: [...leaves].sort((a, b) => (a.from < b.from ? -1 : 1)).map(({ from, to }) => ({ from, to })),
  }
}

/** Undefined: nothing is wrong. */
export function findFaultOfDuty({ leaves = [] }: DutyRecord): string | undefined {
  const wrong = leaves.findIndex(({ from, to }) => to < from)
  return wrong === -1 ? undefined : `/leaves/${wrong}/to must not be earlier than from`
}
