import type { Db } from '../db/connection.ts'
import type { Fault } from '../open-api/record-kind.ts'
import { listKnownStoreIds } from '../stores/stores.repository.ts'
import { listKnownRuleIds } from '../welcome/rules.repository.ts'
import { type ChannelRow, lockChannels } from './channels.repository.ts'

/** What speaks against each of these channels, by id, in the light of what is in the database. Locks those there are. */
export async function judgeChannels(db: Db, rows: readonly ChannelRow[]): Promise<Map<string, Fault>> {
  const known = new Map((await lockChannels(db, idsOf(rows))).map((channel) => [channel.channelId, channel]))
  const stores = await listKnownStoreIds(
    db,
    rows.flatMap(({ storeIds }) => storeIds),
  )
  const rules = await listKnownRuleIds(
    db,
    rows.flatMap(({ ruleId }) => ruleId ?? []),
  )
  const faults = rows.flatMap(({ channelId, kind, storeIds, ruleId, retired }): [string, Fault][] => {
    const before = known.get(channelId)
    const hasStray = storeIds.some((storeId) => !stores.has(storeId))
    if (before && before.kind !== kind)
      return [[channelId, { code: 'kind_fixed', detail: `/kind cannot change: the channel is a ${before.kind}` }]]
    if (before?.retiredAt && !retired)
      return [
        [channelId, { code: 'channel_retired', detail: 'the channel is retired for good: use another channelId' }],
      ]
    if (hasStray)
      return [
        [
          channelId,
          { code: 'store_unknown', detail: '/storeIds names a store that is not known: send the store first' },
        ],
      ]
    if (ruleId !== null && !rules.has(ruleId))
      return [[channelId, { code: 'rule_unknown', detail: '/ruleId names no known welcome rule: send the rule first' }]]
    return []
  })
  return new Map(faults)
}

function idsOf(rows: readonly ChannelRow[]): string[] {
  return rows.map(({ channelId }) => channelId)
}
